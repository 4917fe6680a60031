package io.tieback.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Somebody else who works in the same Xero organisation with a program of their own, over Xero's
 * own interface.
 */
public final class Accountant {

  private static final String ID = "the-accountants-own-app";
  private static final String SECRET = "their-secret";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Site site;
  private final String token;

  /** Signs in with rights of their own. */
  public Accountant(Site site) {
    this.site = site;
    ObjectNode seed = Json.object();
    seed.withArray("apps")
        .addObject()
        .put("clientId", ID)
        .put("clientSecret", SECRET)
        .put("grant", "client_credentials")
        .put("tenantId", site.seed().tenantId());
    site.xero().post("seed", seed);
    token =
        send(request("/connect/token", "application/x-www-form-urlencoded")
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString((ID + ":" + SECRET).getBytes(StandardCharsets.UTF_8)))
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&scope=accounting.invoices")))
            .path("access_token")
            .asText();
  }

  /** Enters a bill that has nothing to do with Procore. */
  JsonNode bill(String number, String amount) {
    return bill(contact(), number, amount);
  }

  /** The first supplier. */
  String contact() {
    return site.seed().erp().seed().at("/organisations/0/contacts/0/contactId").asText();
  }

  /** Enters a bill of this supplier, without any address. */
  public JsonNode bill(String contactId, String number, String amount) {
    return bill(contactId, number, amount, "500");
  }

  /** The same on another account. */
  JsonNode bill(String contactId, String number, String amount, String account) {
    ObjectNode bill =
        Json.object()
            .put("Type", "ACCPAY")
            .put("InvoiceNumber", number)
            .put("Date", "2026-11-01")
            .put("DueDate", "2026-11-30");
    bill.put("LineAmountTypes", "NoTax").put("Status", "AUTHORISED");
    bill.putObject("Contact").put("ContactID", contactId);
    bill.withArray("LineItems")
        .addObject()
        .put("Description", number)
        .put("Quantity", 1)
        .put("UnitAmount", new BigDecimal(amount))
        .put("AccountCode", account);
    ObjectNode body = Json.object();
    body.withArray("Invoices").add(bill);
    return send(accounting("").PUT(HttpRequest.BodyPublishers.ofString(body.toString())))
        .path("Invoices")
        .get(0);
  }

  /** Changes these fields of a bill. */
  public void change(String invoiceId, ObjectNode fields) {
    send(accounting("/" + invoiceId).POST(HttpRequest.BodyPublishers.ofString(fields.toString())));
  }

  private HttpRequest.Builder accounting(String path) {
    return request("/api.xro/2.0/Invoices" + path, "application/json")
        .header("Authorization", "Bearer " + token)
        .header("xero-tenant-id", site.seed().tenantId())
        .header("Accept", "application/json");
  }

  private HttpRequest.Builder request(String path, String type) {
    return HttpRequest.newBuilder(URI.create(site.sandbox().xeroUrl() + path))
        .header("Content-Type", type);
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            answer.uri().getPath() + " answered " + answer.statusCode() + ": " + answer.body());
      }
      return Json.read(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException("Xero does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
