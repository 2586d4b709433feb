package dev.swax.runtime.data;

/** Who is told while text is loaded. */
public interface LoadListener {
  /** Nobody. */
  LoadListener NONE =
      new LoadListener() {
        @Override
        public void message(String text) {}

        @Override
        public void progress(long done, long total, long tokens) {}

        @Override
        public void finished() {}
      };

  /** Something that should be known. */
  void message(String text);

  /** So many of all bytes of the files are tokens now, and these are so many. */
  void progress(long done, long total, long tokens);

  /** There is no more progress. */
  void finished();
}
