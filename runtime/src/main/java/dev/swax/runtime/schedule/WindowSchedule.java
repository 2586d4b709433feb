package dev.swax.runtime.schedule;

/** The window of a batch, as a function of the step and of chance. */
public interface WindowSchedule {}
