package dev.swax.compiler.model;

import dev.swax.compiler.source.Span;
import dev.swax.runtime.schedule.WindowSchedule;

/** A window that one or more layers share: one draw per batch. */
public record WindowVariable(String name, Span span, WindowSchedule schedule) {}
