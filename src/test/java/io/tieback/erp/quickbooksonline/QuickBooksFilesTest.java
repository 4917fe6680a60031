package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.erp.ErpFiles;
import io.tieback.erp.ErpFiles.OnDocument;
import io.tieback.erp.quickbooksonline.ScriptedRealm.Reply;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.LastMoment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files on bills and vendor credits. */
class QuickBooksFilesTest {

  private static final byte[] BYTES = "a lien waiver".getBytes(StandardCharsets.UTF_8);

  private final ScriptedRealm realm = new ScriptedRealm();
  private final ErpFiles files = new QuickBooksFiles(20, 20_000_000, realm.calls());

  @AfterEach
  void stop() {
    realm.close();
    assertThat(realm.budget.open()).as("leaves not given back").isZero();
  }

  private void attach(String kind, String key, String name) {
    files.attach(kind, key, name, BYTES, LastMoment.in(Duration.ofSeconds(20)));
  }

  @Test
  @DisplayName("TB-INV-12: a file goes onto its bill in one call and is seen there")
  void aFileGoesOntoItsBill() {
    assertThat(files.on("bill", "145")).isEmpty();
    attach("bill", "145", "Waiver été.pdf");
    attach("credit_note", "145", "other.pdf");
    assertThat(files.on("bill", "145"))
        .containsExactly(new OnDocument("Waiver été.pdf", BYTES.length));
    assertThat(files.on("credit_note", "145")).hasSize(1);
    assertThat(realm.posted("upload").get(0).contentType())
        .startsWith("multipart/form-data; boundary=tieback-");
    assertThat(realm.posted("upload").get(0).body())
        .contains("name=\"file_metadata_01\"")
        .contains("\"EntityRef\":{\"type\":\"Bill\",\"value\":\"145\"}")
        .contains(
            "name=\"file_content_01\"; filename=\"Waiver été.pdf\"\r\nContent-Type:"
                + " application/pdf\r\n\r\na lien waiver\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "waiver.pdf, ''",
    "waiver.exe, its ending 'exe'",
    "'a\"b.pdf', a quotation mark",
    "'a\rb.pdf', a control character",
    "'', 0 characters"
  })
  @DisplayName("TB-INV-12: a file that QuickBooks does not take is named with the remedy")
  void objections(String name, String found) {
    String objection = files.objection(name).map(ErpFiles.Objection::found).orElse("");
    assertThat(objection).contains(found);
    assertThat(objection.isEmpty()).isEqualTo(found.isEmpty());
  }

  @Test
  @DisplayName("TB-INV-12: a lost answer is unknown; a cut file and a fault in the answer are told")
  void whatGoesWrong() {
    realm.script(asked -> Reply.dropped());
    assertThatThrownBy(() -> attach("bill", "145", "a.pdf"))
        .isInstanceOfSatisfying(
            Failure.class, one -> assertThat(one.kind()).isEqualTo(FailureKind.UNKNOWN));
    realm.script(
        asked -> new Reply(200, "{\"AttachableResponse\":[{\"Attachable\":{\"Size\":5}}]}"));
    assertThatThrownBy(() -> attach("bill", "145", "a.pdf"))
        .hasMessageContaining("kept 5 of the 13 bytes");
    realm.script(
        asked ->
            new Reply(
                200,
                "{\"AttachableResponse\":[{\"Fault\":{\"Error\":[{\"Message\":\"Too"
                    + " big\",\"Detail\":\"x\"}]}}]}"));
    assertThatThrownBy(() -> attach("bill", "145", "a.pdf")).hasMessageContaining("Too big");
  }
}
