package io.tieback.sandbox.quickbooksonline;

import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.encoded;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sign-in (reference section 2). */
class SignInTest {
  private static final long DAY = 86_400;
  private final QuickBooksWorld books = new QuickBooksWorld();

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void consentGivesCodeRealmAndStateAndTheCodeWorksOnce() {
    String back = books.consent("app").header("Location");
    assertThat(back).startsWith(QuickBooksWorld.REDIRECT + "?").endsWith("&state=s+1");
    assertThat(parameter(back, "realmId")).isEqualTo(QuickBooksWorld.REALM);
    String form =
        "grant_type=authorization_code&code="
            + parameter(back, "code")
            + "&redirect_uri="
            + encoded(QuickBooksWorld.REDIRECT);
    assertThat(books.token("app", "wrong", form).status()).isEqualTo(401);
    Http.Reply reply = books.token("app", "secret", form);
    assertThat(reply.json().get("expires_in").intValue()).isEqualTo(3600);
    assertThat(reply.json().get("x_refresh_token_expires_in").intValue()).isEqualTo(8_726_400);
    assertThat(reply.json().get("token_type").textValue()).isEqualTo("bearer");
    assertThat(reply.json().has("x_refresh_token_hard_expires_in")).isFalse();
    assertThat(reply.header("intuit_tid")).isNotBlank();
    assertThat(books.token("app", "secret", form).text()).contains("invalid_grant");
  }

  @Test
  void whatIsNotRegisteredIsRefusedOnAPageAndADenialComesBack() {
    assertThat(books.consent("nobody").status()).isEqualTo(400);
    books.set("{'consent':'denied'}");
    assertThat(books.consent("app").header("Location")).contains("error=access_denied");
  }

  @Test
  void theRefreshTokenStaysForADayThenChangesAndTheOldOneDies() {
    JsonNode early = books.refresh(books.refreshToken).json();
    assertThat(early.get("refresh_token").textValue()).isEqualTo(books.refreshToken);
    books.advance(DAY);
    JsonNode later = books.refresh(books.refreshToken).json();
    assertThat(later.get("refresh_token").textValue()).isNotEqualTo(books.refreshToken);
    assertThat(books.refresh(books.refreshToken).text()).contains("invalid_grant");
    assertThat(books.refresh(later.get("refresh_token").textValue()).status()).isEqualTo(200);
  }

  @Test
  void theWindowOfAHundredDaysRollsAndFiveYearsAreTheEnd() {
    Http.Reply asked =
        books.token(
            "app",
            "secret",
            "grant_type=refresh_token&refresh_token=" + books.refreshToken,
            "x-include-refresh-token-hard-expires-in",
            "true");
    assertThat(asked.json().get("x_refresh_token_hard_expires_in").longValue())
        .isBetween(5 * 365 * DAY - 60, 5 * 365 * DAY + 2 * DAY);
    String token = books.refreshToken;
    for (int i = 0; i < 20; i++) {
      books.advance(90 * DAY);
      token = books.refresh(token).json().get("refresh_token").textValue();
    }
    books.advance(30 * DAY);
    assertThat(books.refresh(token).text()).contains("invalid_grant");
    books.signIn("app", "secret");
    books.advance(102 * DAY);
    assertThat(books.refresh(books.refreshToken).text()).contains("invalid_grant");
  }

  @Test
  void refreshesAtTheSameTimeEndTheConnection() {
    books.set("{'latencyMillis':300}");
    ExecutorService pool = Executors.newFixedThreadPool(2);
    List<CompletableFuture<Http.Reply>> both = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        both.add(CompletableFuture.supplyAsync(() -> books.refresh(books.refreshToken), pool));
      }
      List<Http.Reply> replies = both.stream().map(CompletableFuture::join).toList();
      assertThat(replies).anyMatch(reply -> reply.text().contains("invalid_grant"));
    } finally {
      pool.shutdownNow();
    }
    assertThat(books.refresh(books.refreshToken).text()).contains("invalid_grant");
    assertThat(books.get("/preferences").status()).isEqualTo(401);
  }

  @Test
  void aSecondRefreshRightAfterTheFirstCountsAsTheSameTime() {
    books.set("{'refreshWindowMillis':60000}");
    assertThat(books.refresh(books.refreshToken).status()).isEqualTo(200);
    assertThat(books.refresh(books.refreshToken).text()).contains("invalid_grant");
    assertThat(books.get("/preferences").status()).isEqualTo(401);
  }

  @Test
  void anExpiredTokenIsAnsweredInXmlEvenWithAcceptJson() {
    assertThat(books.get("/preferences").status()).isEqualTo(200);
    books.advance(3601);
    Http.Reply reply = books.get("/preferences");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("Content-Type")).startsWith("application/xml");
    assertThat(reply.text()).contains("code=\"3200\"");
    assertThat(reply.header("intuit_tid")).isNotBlank();
    books.set("{'unauthorizedBody':'json'}");
    assertThat(books.get("/preferences").json().at("/Fault/Error/0/code").textValue())
        .isEqualTo("3200");
  }

  @Test
  void revokingEndsBothTokens() {
    Http.Reply reply =
        Http.send(
            "POST",
            books.url + "/v2/oauth2/tokens/revoke",
            "{\"token\":\"" + books.refreshToken + "\"}",
            "Authorization",
            QuickBooksWorld.basic("app", "secret"),
            "Content-Type",
            "application/json");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(books.get("/preferences").status()).isEqualTo(401);
    assertThat(books.refresh(books.refreshToken).text()).contains("invalid_grant");
  }

  @Test
  void theTokenOfOneCompanyIsRefusedByAnother() {
    books.realm = QuickBooksWorld.CANADA;
    Http.Reply reply = books.get("/preferences");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.json().at("/Fault/type").textValue()).isEqualTo("AuthorizationFault");
  }

  @Test
  void faultsOfTestsExpireAndRevoke() {
    books.control(
        "POST", "faults", "{'match':{'path':'/v3/*'},'effect':{'vendor':'expireTokens'}}");
    assertThat(books.get("/preferences").status()).isEqualTo(401);
    assertThat(books.refresh(books.refreshToken).status()).isEqualTo(200);
  }
}
