package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code GET /connections}: what a token reaches, and the choice of exactly one organisation (Xero
 * reference section 2.4, rules S1 and S2 of section 14).
 */
final class XeroOrganisations {

  private final XeroConnection connection;
  private final Http http;

  XeroOrganisations(XeroConnection connection, Http http) {
    this.connection = connection;
    this.http = http;
  }

  /**
   * Organisations that the token reaches; practices and other kinds of tenants are left out, since
   * they have no ledger.
   *
   * @param consentId only those of this consent, or null for all
   */
  List<XeroOrganisation> list(String accessToken, String consentId) {
    String query =
        consentId == null
            ? ""
            : "?authEventId=" + URLEncoder.encode(consentId, StandardCharsets.UTF_8);
    URI address = URI.create(connection.addresses().connections() + query);
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + accessToken, "Accept", "application/json");
    HttpAnswer answer =
        http.send(new HttpCall("GET", address, headers, null, connection.timeout()));
    if (!answer.ok()) {
      throw XeroFailures.of(answer, false, "listing the organisations that were connected");
    }
    List<XeroOrganisation> found = new ArrayList<>();
    try {
      for (JsonNode entry : Json.read(answer.body())) {
        if ("ORGANISATION".equals(XeroJson.text(entry, "tenantType"))) {
          found.add(
              new XeroOrganisation(
                  XeroJson.text(entry, "tenantId"),
                  XeroJson.text(entry, "id"),
                  XeroJson.text(entry, "tenantName")));
        }
      }
    } catch (JsonProcessingException e) {
      throw new Failure(
          FailureKind.TRANSIENT,
          answer.status(),
          "Xero's list of connections is not whole JSON",
          "",
          null,
          e);
    }
    return found;
  }

  /**
   * The one organisation of a consent. A token reaches every organisation that its user ever
   * connected, so the consent's own come first; an organisation that was connected before may still
   * be listed under its earlier consent, so all are looked at when the consent has none.
   *
   * @throws Failure REFUSED when there is none, or more than one and the configuration names none
   *     of them
   */
  XeroOrganisation choose(String accessToken, String consentId) {
    String wanted = connection.signIn().tenantId();
    List<XeroOrganisation> reached =
        wanted == null && consentId != null ? list(accessToken, consentId) : List.of();
    if (reached.isEmpty()) {
      reached = list(accessToken, null);
    }
    List<XeroOrganisation> fit =
        wanted == null
            ? reached
            : reached.stream()
                .filter(organisation -> wanted.equals(organisation.tenantId()))
                .toList();
    if (fit.size() == 1) {
      return fit.get(0);
    }
    if (wanted != null) {
      throw refused(
          "The consent does not reach organisation "
              + wanted
              + " of the configuration; it reaches "
              + names(reached),
          "Choose that organisation on Xero's page, or correct the tenant id of the connection.");
    }
    if (fit.isEmpty()) {
      throw refused(
          "The consent reaches no organisation",
          "Choose one on Xero's page as a user of that organisation.");
    }
    throw refused(
        "The consent reaches "
            + fit.size()
            + " organisations: "
            + names(fit)
            + "; a connection has exactly one",
        "Set the tenant id of the connection to the one that is meant, or connect with a user of"
            + " only that one.");
  }

  private static String names(List<XeroOrganisation> organisations) {
    return organisations.isEmpty()
        ? "none"
        : organisations.stream()
            .map(o -> o.name() + " (" + o.tenantId() + ")")
            .collect(Collectors.joining(", "));
  }

  private static Failure refused(String message, String remedy) {
    return Failure.of(FailureKind.REFUSED, message, remedy + " Then " + XeroFailures.CONNECT + ".");
  }
}
