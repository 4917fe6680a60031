package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.sandbox.kit.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rate limits and idempotency keys (reference sections 3.1 and 3.5). */
class LimitsTest {
  private final XeroWorld xero = new XeroWorld();

  @AfterEach
  void close() {
    xero.close();
  }

  @Test
  void theMinuteIsCountedAndRefusedWithoutBodyUntilItIsOver() {
    xero.set("{'callsPerMinute':3}");
    Http.Reply first = xero.get("/TaxRates");
    assertThat(first.header("X-DayLimit-Remaining")).isEqualTo("4999");
    assertThat(first.header("X-MinLimit-Remaining")).isEqualTo("2");
    assertThat(first.header("X-AppMinLimit-Remaining")).isEqualTo("9999");
    List<Http.Reply> replies = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      replies.add(xero.get("/TaxRates"));
    }
    Http.Reply refused =
        replies.stream().filter(reply -> reply.status() == 429).findFirst().orElseThrow();
    assertThat(refused.raw().body()).isEmpty();
    assertThat(refused.header("Content-Type")).isNull();
    assertThat(refused.header("X-Rate-Limit-Problem")).isEqualTo("minute");
    assertThat(refused.header("X-MinLimit-Remaining")).isEqualTo("0");
    int wait = Integer.parseInt(refused.header("Retry-After"));
    assertThat(wait).isBetween(1, 60);
    xero.advance(wait);
    assertThat(xero.get("/TaxRates").status()).isEqualTo(200);
  }

  @Test
  void theDayIsCountedAndOtherTenantsAreNotTouched() {
    xero.set("{'callsPerDay':1}");
    assertThat(xero.get("/TaxRates").status()).isEqualTo(200);
    Http.Reply refused = xero.get("/TaxRates");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("X-Rate-Limit-Problem")).isEqualTo("day");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 86_400);
  }

  @Test
  void theSixthCallAtTheSameTimeIsRefusedWithoutRetryAfter() {
    xero.set("{'latencyMillis':500}");
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<CompletableFuture<Http.Reply>> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        calls.add(CompletableFuture.supplyAsync(() -> xero.get("/TaxRates"), pool));
      }
      List<Http.Reply> replies = calls.stream().map(CompletableFuture::join).toList();
      List<Http.Reply> refused = replies.stream().filter(reply -> reply.status() == 429).toList();
      assertThat(refused).hasSize(1);
      assertThat(refused.get(0).header("X-Rate-Limit-Problem")).isEqualTo("concurrent");
      assertThat(refused.get(0).header("Retry-After")).isNull();
    } finally {
      pool.shutdownNow();
    }
    assertThat(xero.get("/TaxRates").status()).isEqualTo(200);
  }

  @Test
  void anIdempotencyKeyReplaysForSixMinutesErrorsIncluded() {
    String body = "{'Invoices':[" + XeroWorld.bill("A", "") + "]}";
    Http.Reply first =
        xero.call("PUT", "/Invoices?summarizeErrors=false", body, "Idempotency-Key", "k1");
    Http.Reply again =
        xero.call("PUT", "/Invoices?summarizeErrors=false", body, "Idempotency-Key", "k1");
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(xero.bills()).isEqualTo(1);
    assertThat(again.header("X-DayLimit-Remaining"))
        .as("replays are charged")
        .isNotEqualTo(first.header("X-DayLimit-Remaining"));

    Http.Reply other =
        xero.call(
            "PUT",
            "/Invoices?summarizeErrors=false",
            body.replace("'A'", "'B'"),
            "Idempotency-Key",
            "k1");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.json().get("Message").textValue())
        .isEqualTo("Idempotency Key: k1 is used with a different request.");
    assertThat(
            xero.call("PUT", "/Invoices?summarizeErrors=true", body, "Idempotency-Key", "k1")
                .status())
        .isEqualTo(400);

    xero.advance(361);
    assertThat(
            xero.call("PUT", "/Invoices?summarizeErrors=false", body, "Idempotency-Key", "k1")
                .status())
        .isEqualTo(200);
    assertThat(xero.bills())
        .as("after six minutes the key is new and the bill is made twice")
        .isEqualTo(2);

    String bad = "{'Invoices':[" + XeroWorld.bill("C", "").replace("'Type':'ACCPAY',", "") + "]}";
    Http.Reply refused = xero.call("PUT", "/Invoices", bad, "Idempotency-Key", "k2");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(xero.call("PUT", "/Invoices", bad, "Idempotency-Key", "k2").text())
        .isEqualTo(refused.text());
    assertThat(xero.call("PUT", "/Invoices", body, "Idempotency-Key", "k".repeat(129)).status())
        .isEqualTo(400);
  }
}
