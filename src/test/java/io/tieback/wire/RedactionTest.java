package io.tieback.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer geheim-token-0123",
        "{\"authorization\": \"Basic Z2VoZWltOmdlaGVpbQ==\"}",
        "grant_type=client_credentials&client_secret=geheim&client_id=x",
        "{\"client_secret\":\"geheim\"}",
        "{\"access_token\":\"geheim\", \"expires_in\": 5400}",
        "refresh_token = geheim",
        "password='geheim'",
        "token eyJhbGciOiJIUzI1NiJ9.geheimPayload.geheimSignature"
      })
  void masksSecretsInAnyText(String text) {
    assertThat(Redaction.text(text))
        .doesNotContain("geheim")
        .doesNotContain("Z2VoZWlt")
        .contains("***");
  }

  @Test
  void masksBankAndCardNumbersButLeavesTheirLastDigits() {
    assertThat(Redaction.text("paid to account 123456789012 at the bank"))
        .isEqualTo("paid to account ***9012 at the bank");
    assertThat(Redaction.text("routing 021000021")).isEqualTo("routing ***0021");
    assertThat(Redaction.text("card 4111 1111 1111 1234 declined"))
        .isEqualTo("card ***1234 declined");
    assertThat(Redaction.text("IBAN DE89 3704 0044 0532 0130 00"))
        .doesNotContain("3704")
        .contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATCH /rest/v1.0/companies/598134325870420/external_data/sync answered 422",
        "request 598134325870420 was read",
        "company 598134325870420 is not linked",
        "commitment SC-0007 (id 598134325870420) of project 598134325870421",
        "{\"item_id\":598134325870420}",
        "xero:main:bill:220ddca8-3144-4085-9a88-72d512012345",
        "at 2026-11-22T05:24:30.123456Z",
        "net 123456789.00 differs from 123456788.00",
        "invoice SC-0011-BD-5520 of 10,000.00"
      })
  void leavesWhatAPersonNeedsToMendARecord(String text) {
    assertThat(Redaction.text(text)).isEqualTo(text);
  }

  @Test
  void keepsJsonJsonAndItsIds() {
    String json =
        "{\"id\":598134325870420,\"origin_id\":\"xero:main:contact:99887766554433\",\"bank_id\":12,\"bank_account_number\":\"000123456789\",\"client_secret\":{\"nested\":\"geheim\"},\"amount\":\"1250.5000\",\"rate\":1.10,\"notes\":\"wire"
            + " to 987654321098\",\"list\":[{\"password\":\"geheim\"}],\"iban\":null}";
    assertThat(Redaction.json(json))
        .isEqualTo(
            "{\"id\":598134325870420,\"origin_id\":\"xero:main:contact:99887766554433\",\"bank_id\":12,\"bank_account_number\":\"***6789\",\"client_secret\":\"***\",\"amount\":\"1250.5000\",\"rate\":1.10,\"notes\":\"wire"
                + " to ***1098\",\"list\":[{\"password\":\"***\"}],\"iban\":null}");
  }

  @Test
  void masksTextThatOnlyLooksLikeJson() {
    assertThat(Redaction.json("{\"client_secret\":\"geheim\", cut")).doesNotContain("geheim");
    assertThat(Redaction.json(null)).isNull();
    assertThat(Redaction.text("")).isEmpty();
  }
}
