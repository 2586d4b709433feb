package dev.swax.runtime.program;

import java.util.ArrayList;
import java.util.List;

/**
 * Which process updates which parameters. They are cut into pieces that do not depend on how many
 * processes there are: {@value #PIECE} numbers of what AdamW updates, and all of what Muon does. A
 * process has pieces that follow each other, cut so that the largest share has as few moments as it
 * can.
 */
public final class Shares {
  /** Numbers of a piece: small enough for equal shares, large enough for a kernel. */
  public static final int PIECE = 1 << 15;

  /**
   * A piece.
   *
   * @param from the first of its numbers in the parameter
   * @param moments that the optimizer remembers of each number
   */
  public record Piece(int parameter, long from, long length, int moments) {
    /** Numbers that the optimizer remembers. */
    long kept() {
      return length * moments;
    }
  }

  /** Numbers of a parameter that follow each other; the length may be 0. */
  public record Range(long from, long length) {}

  private final ParameterLayout layout;
  private final List<Piece> pieces;
  private final int[] firstPieces;
  private final long[] bounds;

  /** Shares of so many processes, by the rule of each parameter. */
  public Shares(ParameterLayout layout, List<UpdateRule> rules, int processes) {
    this.layout = layout;
    this.pieces = pieces(layout.specs(), rules);
    this.firstPieces = firstPieces(pieces, processes);
    this.bounds = new long[processes + 1];
    for (int process = 0; process < processes; process++) {
      bounds[process] = start(firstPieces[process]);
    }
    bounds[0] = 0;
    bounds[processes] = layout.length();
  }

  private static List<Piece> pieces(List<ParameterSpec> specs, List<UpdateRule> rules) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      long size = specs.get(i).size();
      long most = rules.get(i) instanceof UpdateRule.ByMuon ? size : PIECE;
      for (long from = 0; from < size; from += most) {
        int moments = rules.get(i).hasSecondMoment() ? 2 : 1;
        pieces.add(new Piece(i, from, Math.min(most, size - from), moments));
      }
    }
    return List.copyOf(pieces);
  }

  /** The smallest limit of a share with which the pieces go into so many is looked for. */
  private static int[] firstPieces(List<Piece> pieces, int processes) {
    long least = pieces.stream().mapToLong(Piece::kept).max().orElse(0);
    long enough = pieces.stream().mapToLong(Piece::kept).sum();
    least = Math.max(least, (enough + processes - 1) / processes);
    while (least < enough) {
      long limit = (least + enough) / 2;
      if (fill(pieces, processes, limit)[processes] == pieces.size()) {
        enough = limit;
      } else {
        least = limit + 1;
      }
    }
    return fill(pieces, processes, enough);
  }

  /** The first piece of each share, where each takes what goes in before the next begins. */
  private static int[] fill(List<Piece> pieces, int processes, long limit) {
    int[] first = new int[processes + 1];
    int piece = 0;
    for (int process = 0; process < processes; process++) {
      long share = 0;
      while (piece < pieces.size() && share + pieces.get(piece).kept() <= limit) {
        share += pieces.get(piece++).kept();
      }
      first[process + 1] = piece;
    }
    return first;
  }

  private long start(int piece) {
    if (piece == pieces.size()) {
      return layout.length();
    }
    Piece found = pieces.get(piece);
    return layout.start(found.parameter()) + found.from();
  }

  public int processes() {
    return bounds.length - 1;
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** All pieces, in order. */
  public List<Piece> pieces() {
    return pieces;
  }

  /** The first piece of a process; that of the process behind the last is behind the last piece. */
  public int firstPiece(int process) {
    return firstPieces[process];
  }

  /** The first number of a process in the layout; of the process behind the last: their number. */
  public long bound(int process) {
    return bounds[process];
  }

  /**
   * At most so many numbers of a process in the layout, from number {@code from} of its share on;
   * none behind its end.
   */
  public Range part(int process, long from, long most) {
    long start = Math.min(bounds[process] + from, bounds[process + 1]);
    return new Range(start, Math.min(most, bounds[process + 1] - start));
  }

  /** The numbers that the optimizer remembers in a process. */
  public long moments(int process) {
    return pieces.subList(firstPieces[process], firstPieces[process + 1]).stream()
        .mapToLong(Piece::kept)
        .sum();
  }

  /** What of a parameter belongs to a process. */
  public Range of(int parameter, int process) {
    long start = layout.start(parameter);
    long size = layout.specs().get(parameter).size();
    long from = Math.clamp(bounds[process] - start, 0, size);
    long to = Math.clamp(bounds[process + 1] - start, 0, size);
    return new Range(from, to - from);
  }

  /** The most numbers that a process has. */
  public long largest() {
    long largest = 0;
    for (int process = 0; process < processes(); process++) {
      largest = Math.max(largest, bounds[process + 1] - bounds[process]);
    }
    return largest;
  }
}
