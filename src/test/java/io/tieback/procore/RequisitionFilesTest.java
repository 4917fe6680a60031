package io.tieback.procore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieback.erp.MemoryVault;
import io.tieback.erp.OpenBudget;
import io.tieback.procore.RequisitionFiles.RequisitionFile;
import io.tieback.wire.CallCounter;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where bytes of files are fetched, and who gets the token; the other side is a script. */
class RequisitionFilesTest {

  private static final String API = "https://api.procore.com";

  private final Map<String, HttpAnswer> script = new HashMap<>();
  private final List<HttpCall> calls = new ArrayList<>();

  @Test
  @DisplayName("TB-INV-12: the token goes to Procore's own host, and not on to where that leads")
  void theTokenStaysAtProcore() {
    redirect(API + "/files/1", "https://storage.example.com/x?signature=s");
    answer("https://storage.example.com/x?signature=s", 200, "bytes");
    assertThat(download(API + "/files/1")).isEqualTo("bytes");
    assertThat(calls.get(0).headers()).containsKeys("Authorization", "Procore-Company-Id");
    assertThat(calls.get(1).headers()).containsOnlyKeys("Accept");
  }

  @Test
  @DisplayName("TB-INV-12: names that only look like Procore's, and other ports, get no token")
  void looksLikeProcore() {
    for (String address :
        List.of(
            "https://api.procore.com.example.org/f",
            "https://api.procore.com@example.org/f",
            "https://api.procore.com:8443/f")) {
      answer(address, 200, "bytes");
      assertThat(download(address)).isEqualTo("bytes");
      assertThat(calls.get(calls.size() - 1).headers()).containsOnlyKeys("Accept");
    }
  }

  @Test
  @DisplayName(
      "TB-INV-12: nothing is fetched without https, from no address, or by a redirection to another"
          + " scheme")
  void onlySafeAddresses() {
    for (String address :
        List.of("http://storage.example.com/f", "file:///etc/passwd", "ftp://x/f", "", "/f")) {
      assertThat(refusal(address)).as(address).contains("not https");
    }
    assertThat(calls).isEmpty();
    redirect("https://storage.example.com/f", "http://127.0.0.1/f");
    assertThat(refusal("https://storage.example.com/f")).contains("from https to http");
    assertThat(calls).hasSize(1);
  }

  @Test
  @DisplayName("TB-INV-12: redirections that do not end are given up")
  void aCircle() {
    redirect("https://storage.example.com/f", "https://storage.example.com/f");
    assertThat(refusal("https://storage.example.com/f")).contains("more than 3 redirections");
    assertThat(calls).hasSize(4);
  }

  private void redirect(String from, String to) {
    script.put(from, new HttpAnswer(302, Map.of("location", to), new byte[0]));
  }

  private void answer(String address, int status, String body) {
    script.put(address, new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
  }

  private String download(String address) {
    return new String(
        files().download(new RequisitionFile(7, "a.pdf", URI.create(address)), 100),
        StandardCharsets.UTF_8);
  }

  private String refusal(String address) {
    Failure failure = catchThrowableOfType(Failure.class, () -> download(address));
    assertThat(failure.kind()).as(address).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.remedy()).contains("by hand");
    return failure.getMessage();
  }

  private RequisitionFiles files() {
    URI api = URI.create(API);
    ProcoreConnection connection =
        new ProcoreConnection(
            ProcoreSite.MAIN,
            ProcoreSite.COMPANY,
            api,
            URI.create("https://login.procore.com"),
            "app",
            "secret",
            "Bearer hook-secret",
            "tieback-main",
            null,
            URI.create("https://app.procore.com"),
            List.of(),
            null,
            ProcoreSettings.defaults());
    Http scripted =
        call -> {
          if (call.uri().getPath().equals("/oauth/token")) {
            return new HttpAnswer(
                200,
                Map.of(),
                "{\"access_token\":\"t\",\"expires_in\":5400}".getBytes(StandardCharsets.UTF_8));
          }
          calls.add(call);
          return script.get(call.uri().toString());
        };
    ProcoreTokens tokens =
        new ProcoreTokens(
            scripted, connection, new MemoryVault(), CallCounter.NONE, Clock.systemUTC());
    return new ProcoreClient(
            scripted, connection, tokens, new OpenBudget(), CallCounter.NONE, Clock.systemUTC())
        .requisitionFiles();
  }
}
