package dev.swax.compiler.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.swax.runtime.train.Recompute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Facts as JSON: an array with one object for each model. */
public final class InfoJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private InfoJson() {}

  /** One model; {@code receptiveField} is null where it is unbounded. */
  record Model(
      String name,
      long parameters,
      long activeParameters,
      Number flopsPerToken,
      long stateBytes,
      @Nullable Long receptiveField,
      long peakTrainingBytes,
      SequencedMap<String, Long> trainingBytesByRecompute,
      List<String> layers,
      List<String> memories,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Time time) {}

  /** {@code stepSeconds} by the number of processes. */
  record Time(SequencedMap<Integer, Double> stepSeconds, int processesThatPay) {}

  public static String render(List<FactSheet> sheets) {
    List<Model> models = sheets.stream().map(InfoJson::model).toList();
    try {
      return MAPPER.writeValueAsString(models) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("facts are numbers and text, which JSON can say", e);
    }
  }

  /** A whole number without a point. */
  private static Number shortest(double number) {
    return number == Math.rint(number) ? (Number) (long) number : (Number) number;
  }

  private static Model model(FactSheet sheet) {
    return new Model(
        sheet.architecture().name(),
        sheet.parameters().total(),
        sheet.parameters().active(),
        shortest(sheet.flopsPerToken()),
        sheet.stateBytes(),
        sheet.receptiveField(),
        sheet.peakTrainingBytes(),
        byName(sheet.trainingBytes()),
        LayerPattern.list(sheet.architecture()),
        Memories.of(sheet.architecture()),
        sheet.time() == null ? null : time(sheet.time()));
  }

  private static SequencedMap<String, Long> byName(Map<Recompute, Long> bytes) {
    SequencedMap<String, Long> named = new LinkedHashMap<>();
    bytes.forEach((what, peak) -> named.put(what.text(), peak));
    return named;
  }

  private static Time time(StepTime time) {
    return new Time(time.seconds(), time.worthwhile());
  }
}
