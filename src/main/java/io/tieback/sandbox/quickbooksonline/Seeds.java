package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a seed: apps and companies with their objects, in the properties of the API; an {@code Id}
 * that is given is kept. All is read before anything is added.
 */
final class Seeds {
  private static final List<Kind> ORDER =
      List.of(
          Kind.ACCOUNT,
          Kind.TERM,
          Kind.TAX_RATE,
          Kind.TAX_CODE,
          Kind.CLASS,
          Kind.VENDOR,
          Kind.CUSTOMER,
          Kind.EMPLOYEE,
          Kind.ITEM,
          Kind.PURCHASE_ORDER,
          Kind.BILL,
          Kind.VENDOR_CREDIT,
          Kind.JOURNAL_ENTRY,
          Kind.PURCHASE,
          Kind.BILL_PAYMENT,
          Kind.BUDGET);

  private final OAuth oauth;
  private final Map<String, Company> companies;
  private final Switches switches;

  Seeds(OAuth oauth, Map<String, Company> companies, Switches switches) {
    this.oauth = oauth;
    this.companies = companies;
    this.switches = switches;
  }

  ObjectNode add(ObjectNode seed, Instant now) {
    Json.onlyFields("seed", seed, "apps", "companies");
    List<OAuth.App> apps = new ArrayList<>();
    seed.path("apps").forEach(app -> apps.add(app(app)));
    List<Company> made = new ArrayList<>();
    seed.path("companies").forEach(company -> made.add(company(company, now)));
    for (Company company : made) {
      if (companies.containsKey(company.realmId)) {
        throw new IllegalArgumentException(
            "companies.realmId: " + company.realmId + " is there already; reset first.");
      }
    }
    for (OAuth.App app : apps) {
      boolean known =
          app.realmId() == null
              || companies.containsKey(app.realmId())
              || made.stream().anyMatch(company -> company.realmId.equals(app.realmId()));
      if (!known) {
        throw new IllegalArgumentException("apps: there is no company " + app.realmId() + ".");
      }
    }
    made.forEach(company -> companies.put(company.realmId, company));
    apps.forEach(app -> oauth.apps.put(app.clientId(), app));
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("companies");
    made.forEach(company -> all.add(ids(company)));
    return answer;
  }

  private static ObjectNode ids(Company company) {
    ObjectNode out = Json.object().put("realmId", company.realmId).put("name", company.name);
    for (Kind kind : ORDER) {
      ObjectNode ids = Json.object();
      for (Company.Entry entry : company.all(kind)) {
        String name = entry.text(kind.isTransaction() ? "DocNumber" : kind.nameField());
        ids.put(entry.id, name);
      }
      if (!ids.isEmpty()) {
        out.set(kind.entity, ids);
      }
    }
    return out;
  }

  private static OAuth.App app(JsonNode app) {
    Json.onlyFields("apps", app, "clientId", "clientSecret", "redirectUris", "realmId", "name");
    Set<String> redirects = new LinkedHashSet<>();
    app.path("redirectUris").forEach(uri -> redirects.add(uri.asText()));
    for (String uri : redirects) {
      if (!isAllowedRedirect(uri)) {
        throw new IllegalArgumentException(
            "apps.redirectUris: " + uri + " is neither https nor http on localhost.");
      }
    }
    String id = Json.text(app, "clientId");
    String secret = Json.text(app, "clientSecret");
    if (id == null || secret == null || redirects.isEmpty()) {
      throw new IllegalArgumentException(
          "apps: clientId, clientSecret and redirectUris are expected.");
    }
    return new OAuth.App(id, secret, redirects, Json.text(app, "realmId"));
  }

  /** Whether Intuit would register the address: https, or plain http on the name localhost. */
  private static boolean isAllowedRedirect(String text) {
    try {
      URI uri = URI.create(text);
      return uri.isAbsolute()
          && uri.getHost() != null
          && (uri.getScheme().equals("https")
              || (uri.getScheme().equals("http") && uri.getHost().equals("localhost")));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Company company(JsonNode seed, Instant now) {
    List<String> fields = new ArrayList<>(List.of(CompanySettings.FIELDS));
    fields.add("realmId");
    ORDER.forEach(kind -> fields.add(kind.entity));
    Json.onlyFields("companies", seed, fields.toArray(String[]::new));
    String realmId = Json.text(seed, "realmId");
    if (realmId == null || !realmId.matches("\\d{1,20}")) {
      throw new IllegalArgumentException("companies.realmId: a string of digits is expected.");
    }
    Company company = new Company(realmId);
    company.name = "Company " + realmId;
    CompanySettings.change(company, seed, now);
    Writer writer = new Writer(company, switches, now);
    Stream.of(ORDER.toArray(Kind[]::new))
        .forEach(kind -> seed.path(kind.entity).forEach(one -> plant(company, writer, kind, one)));
    return company;
  }

  private static void plant(Company company, Writer writer, Kind kind, JsonNode seed) {
    if (!(seed instanceof ObjectNode object)) {
      throw new IllegalArgumentException(kind.entity + ": an object is expected.");
    }
    String id = Json.text(object, "Id");
    if (id != null && (!id.matches("[1-9]\\d{0,17}") || company.isTaken(kind, id))) {
      throw new IllegalArgumentException(
          kind.entity
              + ".Id: "
              + id
              + " is no number, or in use (vendors, customers and employees have one sequence,"
              + " transactions another).");
    }
    try {
      writer.plant(kind, id, object);
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(
          kind.entity + " " + object + ": " + refusal.code() + " " + refusal.detail(), refusal);
    }
  }
}
