package dev.swax.runtime.evaluate;

import dev.swax.runtime.data.Document;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** One row of an evaluation batch: documents that are read one after the other. */
final class Lane {
  private final List<Integer> documents = new ArrayList<>();
  private long tokens;
  private int current;
  private int offset;

  /** Appends document number {@code index}. */
  void add(int index, int length) {
    documents.add(index);
    tokens += length;
  }

  long tokens() {
    return tokens;
  }

  boolean isDone() {
    return current == documents.size();
  }

  /**
   * Writes the next tokens to row {@code row} of the batch; behind the last document there is
   * nothing to predict. {@code owners[t]} becomes the document whose token t predicts, or -1.
   */
  void fill(List<Document> all, Batch batch, int row, int[] owners) {
    for (int t = row * batch.time(); t < (row + 1) * batch.time(); t++) {
      batch.tokens()[t] = 0;
      batch.targets()[t] = -1;
      batch.documentStarts()[t] = false;
      owners[t] = -1;
      if (isDone()) {
        continue;
      }
      int index = documents.get(current);
      Document document = all.get(index);
      batch.tokens()[t] = document.token(offset);
      batch.documentStarts()[t] = offset == 0;
      offset++;
      if (offset < document.length()) {
        batch.targets()[t] = document.token(offset);
        owners[t] = index;
      } else {
        offset = 0;
        current++;
      }
    }
  }

  /** Adds the losses of the batch to the sums of their documents, in the order of tokens. */
  static void collect(Tensor losses, int[] owners, double[] sums, long[] counts) {
    for (int t = 0; t < owners.length; t++) {
      if (owners[t] >= 0) {
        sums[owners[t]] += losses.get(t);
        counts[owners[t]]++;
      }
    }
  }
}
