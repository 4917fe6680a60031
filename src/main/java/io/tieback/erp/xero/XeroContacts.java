package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.CompanyMarker;
import io.tieback.construction.Outgoing;
import io.tieback.construction.Supplier;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.OutcomeSink;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Companies as contacts (Xero reference section 7). The marker stands in {@code ContactNumber},
 * which people cannot edit. A contact that is there already is only looked at: nothing of it is
 * ever written.
 *
 * <p>A contact cannot come into being twice: {@code PUT} creates only, and Xero refuses a name that
 * an active contact has. So a look-up by the marker alone decides.
 */
final class XeroContacts implements XeroRecords {

  private static final Duration NOTICEABLE = Duration.ofMinutes(1);
  private static final String CREATED = "Contacts";
  private static final String LINKED = "Linked";
  private static final List<String> LINES =
      List.of("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4");

  private final XeroConnection connection;
  private final XeroCompanies companies;
  private final XeroCreation creation;
  private final Clock clock;

  XeroContacts(XeroConnection connection, XeroCalls calls, Clock clock) {
    this.connection = connection;
    this.companies = new XeroCompanies(calls);
    this.clock = clock;
    this.creation =
        new XeroCreation(
            calls,
            new XeroCreation.Kind(
                CREATED,
                "ContactID",
                XeroContacts::marker,
                contact -> written(marker(contact), contact),
                this::thereAlready,
                "creating contacts"));
  }

  @Override
  public int documentsPerCall() {
    return connection.documentsPerCall();
  }

  @Override
  public ErpDocument render(Outgoing document) {
    Supplier supplier = (Supplier) document;
    if (supplier.marker().length() > CompanyMarker.LONGEST) {
      throw new IllegalArgumentException(
          "marker '"
              + supplier.marker()
              + "' is longer than the "
              + CompanyMarker.LONGEST
              + " characters of Xero's ContactNumber");
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.mapper().createGenerator(text)) {
      json.writeStartObject();
      if (supplier.existing() == null) {
        create(json, supplier);
      } else {
        json.writeStringField("ContactID", supplier.existing());
        json.writeStringField("ContactNumber", supplier.marker());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ErpDocument.of(supplier.marker(), text.toString());
  }

  private static void create(JsonGenerator json, Supplier supplier) throws IOException {
    json.writeStringField("Name", supplier.name());
    json.writeStringField("ContactNumber", supplier.marker());
    text(json, "EmailAddress", supplier.emailAddress());
    if (!supplier.phones().isEmpty()) {
      json.writeArrayFieldStart("Phones");
      for (Supplier.Phone phone : supplier.phones()) {
        json.writeStartObject();
        json.writeStringField("PhoneType", type(phone.use()));
        json.writeStringField("PhoneNumber", phone.number());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (supplier.address() != null) {
      json.writeArrayFieldStart("Addresses");
      address(json, supplier.address());
      json.writeEndArray();
    }
  }

  private static String type(Supplier.PhoneUse use) {
    return switch (use) {
      case BUSINESS -> "DEFAULT";
      case MOBILE -> "MOBILE";
      case FAX -> "FAX";
    };
  }

  /** Xero's page calls POBOX the billing address: it stands on documents. */
  private static void address(JsonGenerator json, Supplier.Address address) throws IOException {
    json.writeStartObject();
    json.writeStringField("AddressType", "POBOX");
    List<String> lines = address.street() == null ? List.of() : address.street().lines().toList();
    if (lines.size() > LINES.size()) {
      throw new IllegalArgumentException(
          "the address has " + lines.size() + " lines, Xero takes " + LINES.size());
    }
    for (int i = 0; i < lines.size(); i++) {
      text(json, LINES.get(i), lines.get(i));
    }
    text(json, "City", address.city());
    text(json, "Region", address.region());
    text(json, "PostalCode", address.postalCode());
    text(json, "Country", address.country());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String field, String value) throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }

  /**
   * What is to be created is the body of one call; what is only to be linked stands on a line of
   * its own and never leaves.
   */
  @Override
  public byte[] batchBody(List<ErpDocument> documents) {
    if (documents.isEmpty() || documents.size() > documentsPerCall()) {
      throw new IllegalArgumentException(
          documents.size() + " contacts in one call: must be 1 to " + documentsPerCall());
    }
    return (list(CREATED, documents, false) + "\n" + list(LINKED, documents, true))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String list(String name, List<ErpDocument> documents, boolean linked) {
    return documents.stream()
        .map(ErpDocument::body)
        .filter(body -> body.startsWith("{\"ContactID\"") == linked)
        .collect(Collectors.joining(",", "{\"" + name + "\":[", "]}"));
  }

  /** What a batch holds: markers of what is created, and Xero's ids of what is linked. */
  private record Sent(byte[] body, Set<String> created, Map<String, String> linked) {}

  private static Sent sent(DeliveryBatch batch) {
    String[] parts = new String(batch.body(), StandardCharsets.UTF_8).split("\n");
    try {
      Set<String> created = new java.util.LinkedHashSet<>();
      Json.mapper().readTree(parts[0]).path(CREATED).forEach(c -> created.add(marker(c)));
      Map<String, String> linked = new LinkedHashMap<>();
      Json.mapper()
          .readTree(parts[1])
          .path(LINKED)
          .forEach(c -> linked.put(marker(c), XeroJson.id(c, "ContactID")));
      return new Sent(parts[0].getBytes(StandardCharsets.UTF_8), created, linked);
    } catch (JsonProcessingException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "batch " + batch.id() + " holds bytes that are no batch of contacts", e);
    }
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    Sent sent = sent(batch);
    if (sent.created().isEmpty()
        ? sink.sending(batch.id())
        : creation.handOver(batch, sent.body(), sent.created(), sink)) {
      link(batch, sent.linked(), sink);
    }
  }

  /** Reads what is to be linked once more; a person may have archived it meanwhile. */
  private void link(DeliveryBatch batch, Map<String, String> linked, OutcomeSink sink) {
    if (linked.isEmpty()) {
      return;
    }
    Map<String, JsonNode> byId = new HashMap<>();
    try {
      companies
          .ofIds(linked.values())
          .forEach(contact -> byId.put(XeroJson.id(contact, "ContactID"), contact));
    } catch (Failure failure) {
      sink.undetermined(batch.id(), failure);
      return;
    }
    List<WrittenDocument> known = new ArrayList<>();
    Map<String, String> gone = new LinkedHashMap<>();
    linked.forEach(
        (marker, id) -> {
          JsonNode contact = byId.get(id);
          if (contact != null && "ACTIVE".equals(XeroJson.text(contact, "ContactStatus"))) {
            known.add(written(marker, contact));
          } else {
            gone.put(marker, id);
          }
        });
    sink.known(batch.id(), known);
    gone.forEach(
        (marker, id) ->
            sink.refused(
                batch.id(),
                marker,
                List.of(
                    "The contact " + id + " is archived in Xero, or gone: it cannot be linked")));
  }

  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    Sent sent = sent(batch);
    Set<String> wanted = new java.util.LinkedHashSet<>(batch.markers());
    wanted.retainAll(sent.created());
    try {
      Map<String, WrittenDocument> found = new LinkedHashMap<>();
      if (!wanted.isEmpty()) {
        changedSince(batch.firstSentAt()).stream()
            .filter(contact -> wanted.contains(marker(contact)))
            .filter(contact -> !batch.formerIds().contains(XeroJson.id(contact, "ContactID")))
            .forEach(contact -> found.putIfAbsent(marker(contact), written(contact)));
      }
      sink.known(batch.id(), List.copyOf(found.values()));
      wanted.removeAll(found.keySet());
      wanted.forEach(marker -> sink.absent(batch.id(), marker));
    } catch (Failure failure) {
      sink.undetermined(batch.id(), failure);
      return;
    }
    Map<String, String> linked = new LinkedHashMap<>(sent.linked());
    linked.keySet().retainAll(batch.markers());
    link(batch, linked, sink);
  }

  /** Contacts that changed since the batch left, by Xero's clock however wrong ours is. */
  private List<JsonNode> changedSince(Instant firstSentAt) {
    Instant since = firstSentAt == null ? null : firstSentAt.minus(XeroLookUp.SKEW);
    XeroPages.Reading<JsonNode> reading = read(since);
    if (since == null || reading.asOf() == null) {
      return List.copyOf(reading.records());
    }
    Duration lead = Duration.between(reading.asOf(), clock.instant());
    return List.copyOf(
        (lead.compareTo(NOTICEABLE) > 0 ? read(since.minus(lead)) : reading).records());
  }

  private XeroPages.Reading<JsonNode> read(Instant since) {
    return companies.read(
        Map.of(), since, "looking for contacts", c -> marker(c) == null ? null : c);
  }

  /** The contact that was created under this marker before, or null. */
  private WrittenDocument thereAlready(String marker) {
    return companies
        .contact(marker)
        .filter(contact -> marker.equals(marker(contact)))
        .map(XeroContacts::written)
        .orElse(null);
  }

  private static String marker(JsonNode contact) {
    return XeroJson.text(contact, "ContactNumber");
  }

  private static WrittenDocument written(JsonNode contact) {
    return written(marker(contact), contact);
  }

  private static WrittenDocument written(String marker, JsonNode contact) {
    return new WrittenDocument(
        marker,
        XeroJson.id(contact, "ContactID"),
        String.valueOf(XeroJson.text(contact, "Name")),
        List.of(),
        null,
        String.valueOf(XeroJson.text(contact, "ContactStatus")),
        XeroJson.warnings(contact));
  }
}
