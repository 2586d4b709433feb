package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SignatureInformation;
import org.junit.jupiter.api.Test;

class SignaturesTest extends EditorTest {

  /** Of the last line of a text, at the end of what is written of it before {@code |}. */
  private SignatureHelp help(String line) {
    editor().open(FILE, TEXT + line.replace("|", ""));
    var place = new Position((int) TEXT.lines().count(), line.indexOf('|'));
    return Editor.get(
        editor()
            .documents()
            .signatureHelp(new SignatureHelpParams(editor().document(FILE), place)));
  }

  private static String active(SignatureHelp help) {
    SignatureInformation signature = help.getSignatures().getFirst();
    ParameterInformation parameter = signature.getParameters().get(help.getActiveParameter());
    return parameter.getLabel().getLeft();
  }

  @Test
  void theArgumentAtThePlaceIsNamed() {
    SignatureHelp help = help("let m = gated_delta(|)\n");
    assertThat(help.getSignatures().getFirst().getLabel()).startsWith("gated_delta(heads, ");
    assertThat(active(help)).isEqualTo("heads");
    assertThat(help.getSignatures().getFirst().getParameters().getFirst().getDocumentation())
        .isNotNull();
  }

  @Test
  void theSecondByItsPlaceAndTheThirdByItsName() {
    assertThat(active(help("let m = gated_delta(2, |)\n"))).isEqualTo("key");
    assertThat(active(help("let m = gated_delta(2, value: max(|1, 2))\n"))).isNotEmpty();
    assertThat(active(help("let m = gated_delta(2, value: 8|\n"))).isEqualTo("value");
  }

  @Test
  void ofABuiltInToo() {
    SignatureHelp help = help("let r = warmup_cosine(peak: 1e-3, min: |)\n");
    assertThat(help.getSignatures().getFirst().getLabel())
        .isEqualTo("warmup_cosine(peak, min, warmup)");
    assertThat(active(help)).isEqualTo("min");
  }

  @Test
  void outsideOfACallThereIsNone() {
    assertThat(help("let m = |gated_delta(2)\n").getSignatures()).isEmpty();
    assertThat(help("let m = [1, |2]\n").getSignatures()).isEmpty();
    assertThat(help("let m = (1 + |2)\n").getSignatures()).isEmpty();
    assertThat(help("|").getSignatures()).isEmpty();
  }
}
