package dev.swax.hub.weight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Which numbers of which published tensor are which numbers of which parameter. Import and export
 * read the same table.
 *
 * @param shapes of the published tensors, in their order
 * @param byTensor the links of each of them
 * @param byParameter the links of each parameter
 * @param copies tensors that a folder may have beside those: each must equal another one
 * @param aliases other names of tensors that a folder may have instead
 */
public record WeightTable(
    SequencedMap<String, List<Long>> shapes,
    SequencedMap<String, List<Link>> byTensor,
    SequencedMap<String, List<Link>> byParameter,
    SequencedMap<String, String> copies,
    SequencedMap<String, String> aliases) {

  /**
   * One of several projections that are one published tensor.
   *
   * @param out how many outputs it has
   */
  public record Output(String parameter, int out, Columns order) {
    /** With its outputs as they are. */
    public static Output of(String parameter, int out) {
      return new Output(parameter, out, Columns.SAME);
    }
  }

  /** Adds row by row. */
  public static final class Builder {
    private final SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();
    private final SequencedMap<String, List<Link>> byTensor = new LinkedHashMap<>();
    private final SequencedMap<String, List<Link>> byParameter = new LinkedHashMap<>();
    private final SequencedMap<String, String> copies = new LinkedHashMap<>();
    private final SequencedMap<String, String> aliases = new LinkedHashMap<>();

    /** A published tensor; links say what is in it. */
    public Builder tensor(String name, long... shape) {
      List<Long> sizes = new ArrayList<>();
      for (long size : shape) {
        sizes.add(size);
      }
      shapes.put(name, List.copyOf(sizes));
      return this;
    }

    public Builder link(String published, String parameter, Layout layout) {
      return link(published, parameter, layout, 0);
    }

    public Builder link(String published, String parameter, Layout layout, double plus) {
      var link = new Link(published, parameter, layout, plus);
      byTensor.computeIfAbsent(published, _ -> new ArrayList<>()).add(link);
      byParameter.computeIfAbsent(parameter, _ -> new ArrayList<>()).add(link);
      return this;
    }

    /** A tensor that is one row of a parameter's. */
    public Builder vector(String published, String parameter, int length, double plus) {
      return tensor(published, length).link(published, parameter, Layout.vector(length), plus);
    }

    /** A projection, stored as {@code [out, in]}. */
    public Builder linear(String published, String parameter, int in, int out) {
      return tensor(published, out, in).link(published, parameter, Layout.transposed(in, out));
    }

    /** A projection {@code published.weight} and, if it has one, its {@code published.bias}. */
    public Builder linear(
        String published, String parameter, int in, int out, boolean bias, Columns order) {
      tensor(published + ".weight", out, in)
          .link(published + ".weight", parameter, Layout.transposed(in, out).ordered(order));
      if (bias) {
        Layout row = Layout.vector(out).ordered(order);
        tensor(published + ".bias", out).link(published + ".bias", parameter + "_bias", row);
      }
      return this;
    }

    public Builder linear(String published, String parameter, int in, int out, boolean bias) {
      return linear(published, parameter, in, out, bias, Columns.SAME);
    }

    /** Projections of the same input in one tensor, the first one's outputs first. */
    public Builder stacked(String published, int in, boolean bias, Output... outputs) {
      tensor(published + ".weight", sum(outputs), in);
      return outputs(published, in, out -> Layout.transposed(in, out), bias, outputs);
    }

    /** Convolutions over time in one tensor: each channel has a filter. */
    public Builder convolutions(String published, int tokens, boolean bias, Output... outputs) {
      tensor(published + ".weight", sum(outputs), 1, tokens);
      return outputs(published, tokens, out -> Layout.filters(tokens, out), bias, outputs);
    }

    private Builder outputs(
        String published, int in, IntFunction<Layout> layout, boolean bias, Output... outputs) {
      if (bias) {
        tensor(published + ".bias", sum(outputs));
      }
      long first = 0;
      for (Output output : outputs) {
        Layout columns = layout.apply(output.out()).from(first * in).ordered(output.order());
        link(published + ".weight", output.parameter(), columns);
        if (bias) {
          Layout row = Layout.vector(output.out()).from(first).ordered(output.order());
          link(published + ".bias", output.parameter() + "_bias", row);
        }
        first += output.out();
      }
      return this;
    }

    private static long sum(Output... outputs) {
      return Stream.of(outputs).mapToLong(Output::out).sum();
    }

    /**
     * The matrix of one expert, stored as {@code [out, in]}; here all stand one below the other.
     */
    public Builder expert(String published, String parameter, int in, int out, int index) {
      Layout rows = Layout.transposed(in, out).ofRows(index * in);
      return tensor(published, out, in).link(published, parameter, rows);
    }

    /** A tensor that repeats another. */
    public Builder copy(String name, String original) {
      copies.put(name, original);
      return this;
    }

    /** Another name of a tensor. */
    public Builder alias(String other, String name) {
      aliases.put(other, name);
      return this;
    }

    /** The table; each number of a tensor belongs to one link. */
    public WeightTable build() {
      shapes.forEach((name, shape) -> {
        long size = shape.stream().reduce(1L, Math::multiplyExact);
        long linked =
            byTensor.getOrDefault(name, List.of()).stream()
                .mapToLong(link -> link.layout().size())
                .sum();
        if (size != linked) {
          throw new IllegalStateException(
              "`%s` %s has %d linked numbers".formatted(name, shape, linked));
        }
      });
      return new WeightTable(shapes, byTensor, byParameter, copies, aliases);
    }
  }
}
