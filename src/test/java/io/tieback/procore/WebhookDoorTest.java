package io.tieback.procore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.ConnectionId;
import io.tieback.procore.WebhookDoor.Decision;
import io.tieback.procore.WebhookDoor.Ignore;
import io.tieback.procore.WebhookDoor.Knock;
import io.tieback.procore.WebhookDoor.Receive;
import io.tieback.procore.WebhookDoor.Refuse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may knock and what is for us: GEN-API-05, GEN-API-08, GEN-API-09, GEN-API-12. */
class WebhookDoorTest {

  private static final String V2 =
      "{'id':700,'ulid':'01ULID','timestamp':'2026-06-01T12:00:00Z','metadata':{'source_application_id':'other'},'user_id':1,'company_id':42,'project_id':null,'api_version':'v2','event_type':'create','resource_name':'ERP"
          + " Requests','resource_id':598134325870420}";
  private static final String V3 =
      V2.replace(
          "'api_version':'v2'",
          "'api_version':'v3','related_resources':[{'id':1,'name':'Projects'}]");
  private static final String V4 =
      "{'id':'01V4','timestamp':'2026-06-01T12:00:00Z','reason':'create','company_id':'42','project_id':null,'user_id':'1','resource_type':'ERP"
          + " Requests','resource_id':'598134325870420'}";

  private final WebhookDoor door =
      new WebhookDoor(
          List.of(connection("main", 42, "Bearer right"), connection("other", 43, "Bearer other")));

  private static ProcoreConnection connection(String name, long company, String authorization) {
    URI url = URI.create("https://api.procore.com");
    return new ProcoreConnection(
        new ConnectionId(name),
        company,
        url,
        url,
        "app",
        "geheim",
        authorization,
        "tieback",
        null,
        url,
        List.of(),
        "our-application",
        ProcoreSettings.defaults());
  }

  private Decision decide(String body) {
    return door.decide(new Knock("main", "application/json", "Bearer right", bytes(body)));
  }

  private static byte[] bytes(String body) {
    return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void allThreePayloadFormsAreReceived() {
    Instant at = Instant.parse("2026-06-01T12:00:00Z");
    assertThat(decide(V2))
        .isEqualTo(new Receive(new ConnectionId("main"), 42, 598134325870420L, "01ULID", at));
    assertThat(decide(V3))
        .isEqualTo(new Receive(new ConnectionId("main"), 42, 598134325870420L, "01ULID", at));
    assertThat(decide(V4))
        .isEqualTo(new Receive(new ConnectionId("main"), 42, 598134325870420L, "01V4", at));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "Bearer wrong",
        "Bearer righ",
        "Bearer rightt",
        "bearer right",
        "Bearer other"
      })
  void onlyTheConnectionsOwnHeaderOpens(String authorization) {
    Decision decision =
        door.decide(new Knock("main", "application/json", authorization, bytes(V2)));
    assertThat(decision)
        .isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(refuse.status()).isEqualTo(401));
    assertThat(decision.toString()).doesNotContain("right");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json,true",
    "'application/json; charset=utf-8',true",
    "APPLICATION/JSON,true",
    "application/cloudevents+json,true",
    "application/x-www-form-urlencoded,false",
    "text/plain,false",
    "'multipart/form-data; boundary=x',false",
    "'',false",
    ",false"
  })
  void onlyJsonIsTaken(String contentType, boolean taken) {
    Decision decision = door.decide(new Knock("main", contentType, "Bearer right", bytes(V2)));
    if (taken) {
      assertThat(decision).isInstanceOf(Receive.class);
    } else {
      assertThat(decision)
          .isInstanceOfSatisfying(
              Refuse.class,
              refuse -> {
                assertThat(refuse.status()).isEqualTo(415);
                assertThat(refuse.message()).contains("application/json");
              });
    }
  }

  @Test
  void whatIsWrongIsRefusedWithItsOwnStatusAndReason() {
    assertThat(
            refusal(door.decide(new Knock("nobody", "application/json", "Bearer right", bytes(V2))))
                .status())
        .isEqualTo(404);
    assertThat(refusal(decide("x".repeat(WebhookDoor.LONGEST_BODY + 1))))
        .isEqualTo(new Refuse(413, "The body has 65537 bytes; at most 65536 are taken."));
    assertThat(refusal(decide("{'id':")).status()).isEqualTo(400);
    assertThat(refusal(decide("[]")).status()).isEqualTo(400);
    assertThat(refusal(decide("")).status()).isEqualTo(400);
    assertThat(
            refusal(door.decide(new Knock("main", "application/json", "Bearer right", null)))
                .status())
        .isEqualTo(400);
    assertThat(refusal(decide("{'resource_name':'ERP Requests'}")).status()).isEqualTo(400);
    assertThat(
            refusal(decide(V2.replace("'resource_id':598134325870420", "'resource_id':'../9'")))
                .status())
        .isEqualTo(400);
    assertThat(refusal(decide(V2.replace("'company_id':42", "'company_id':43"))).message())
        .contains("company 43")
        .contains("company 42");
  }

  @Test
  @DisplayName(
      "GEN-API-12: other resources, other event types and what our own application caused are"
          + " ignored")
  void whatIsNotForUsIsIgnored() {
    assertThat(decide(V2.replace("ERP Requests", "Projects"))).isInstanceOf(Ignore.class);
    assertThat(decide(V2.replace("'event_type':'create'", "'event_type':'update'")))
        .isInstanceOf(Ignore.class);
    assertThat(
            decide(
                V2.replace(
                    "'source_application_id':'other'",
                    "'source_application_id':'our-application'")))
        .isInstanceOf(Ignore.class);
  }

  @Test
  void eachConnectionHasItsOwnDoor() {
    assertThat(
            door.decide(
                new Knock(
                    "other",
                    "application/json",
                    "Bearer other",
                    bytes(V2.replace("'company_id':42", "'company_id':43")))))
        .isInstanceOfSatisfying(
            Receive.class, receive -> assertThat(receive.connection()).hasToString("other"));
  }

  @Test
  void aConnectionNeverShowsItsSecrets() {
    assertThat(connection("main", 42, "Bearer right").toString())
        .doesNotContain("geheim")
        .doesNotContain("right")
        .contains("42");
  }

  private static Refuse refusal(Decision decision) {
    assertThat(decision).isInstanceOf(Refuse.class);
    return (Refuse) decision;
  }
}
