package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One company (realm) with its books. */
final class Company {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

  /** One object; {@code body} holds everything but what {@link #view} adds. */
  static final class Entry {
    final Kind kind;
    final String id;
    int syncToken;
    Instant created;
    Instant updated;
    boolean deleted;
    ObjectNode body;

    Entry(Kind kind, String id) {
      this.kind = kind;
      this.id = id;
    }

    String text(String field) {
      return Json.text(body, field);
    }

    BigDecimal money(String field) {
      return body.path(field).decimalValue();
    }

    boolean isActive() {
      return !deleted && (!kind.isList() || body.path("Active").asBoolean(true));
    }

    /** The id in one of its references, or null. */
    String ref(String field) {
      return Json.text(body.path(field), "value");
    }
  }

  final String realmId;
  String name;
  String country = "US";
  String homeCurrency = "USD";
  ZoneId zone = ZoneId.of("America/Los_Angeles");
  LocalDate bookCloseDate;
  boolean multiCurrency;
  boolean classPerLine;
  boolean projectsEnabled = true;
  boolean billableByDefault;
  boolean purchaseOrders = true;
  String offering = "QuickBooks Online Advanced";

  private final Map<Kind, Map<String, Entry>> entries = new EnumMap<>(Kind.class);
  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<Kind, Map<String, Map<String, Entry>>> byNumber = new EnumMap<>(Kind.class);
  private final Map<String, Map<String, Entry>> byName = new HashMap<>();
  private final Map<String, Map<String, Entry>> billsByOrder = new HashMap<>();

  /** Amounts applied to a document ({@code Bill/12}) by payment id. */
  final Map<String, Map<String, BigDecimal>> applied = new HashMap<>();

  /** The same by payment id: amounts by document. */
  final Map<String, Map<String, BigDecimal>> allocated = new HashMap<>();

  /** Bytes of uploaded files by the id of their Attachable. */
  final Map<String, byte[]> files = new HashMap<>();

  Company(String realmId) {
    this.realmId = realmId;
    for (Kind kind : Kind.values()) {
      entries.put(kind, new LinkedHashMap<>());
    }
  }

  /** Whether it is in the United States, where purchases have no tax. */
  boolean isUs() {
    return country.equals("US");
  }

  LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, zone);
  }

  /** A time as QuickBooks writes it: whole seconds, the company's offset. */
  String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  /** The object, deleted ones too, or null. */
  Entry any(Kind kind, String id) {
    return id == null ? null : entries.get(kind).get(id);
  }

  /** The object that is there, active or not, or null. */
  Entry get(Kind kind, String id) {
    Entry entry = any(kind, id);
    return entry == null || entry.deleted ? null : entry;
  }

  /** All of a kind, deleted ones too, in order of their making. */
  Collection<Entry> all(Kind kind) {
    return entries.get(kind).values();
  }

  String nextId(Kind kind) {
    long next = sequences.merge(kind.sequence, 1L, Long::sum);
    while (isTaken(kind, Long.toString(next))) {
      next = sequences.merge(kind.sequence, 1L, Long::sum);
    }
    return Long.toString(next);
  }

  /** Whether an id of that sequence is in use. */
  boolean isTaken(Kind kind, String id) {
    for (Kind other : Kind.values()) {
      if (other.sequence.equals(kind.sequence) && entries.get(other).containsKey(id)) {
        return true;
      }
    }
    return false;
  }

  /** Adds an object. */
  Entry add(Kind kind, String id, ObjectNode body, Instant now) {
    Entry entry = new Entry(kind, id);
    entry.created = now.truncatedTo(ChronoUnit.SECONDS);
    entry.updated = entry.created;
    entry.body = body;
    entries.get(kind).put(id, entry);
    index(entry, true);
    return entry;
  }

  /** Replaces the body of an object. */
  void replace(Entry entry, ObjectNode body, Instant now) {
    index(entry, false);
    entry.body = body;
    index(entry, true);
    touch(entry, now);
  }

  /** The object has changed. */
  void touch(Entry entry, Instant now) {
    entry.syncToken++;
    entry.updated = now.truncatedTo(ChronoUnit.SECONDS);
  }

  void delete(Entry entry, Instant now) {
    index(entry, false);
    entry.deleted = true;
    touch(entry, now);
  }

  private void index(Entry entry, boolean add) {
    String number = entry.text("DocNumber");
    if (entry.kind.isTransaction() && number != null) {
      file(byNumber.computeIfAbsent(entry.kind, same -> new HashMap<>()), number, entry, add);
    }
    if (entry.kind == Kind.BILL) {
      OrderLinks.orders(entry.body).forEach(order -> file(billsByOrder, order, entry, add));
    }
    if (entry.kind.isList()) {
      file(byName, nameKey(entry.kind, nameScope(entry.kind, entry.body)), entry, add);
    }
  }

  private static void file(
      Map<String, Map<String, Entry>> index, String key, Entry entry, boolean add) {
    if (add) {
      index.computeIfAbsent(key, same -> new LinkedHashMap<>()).put(entry.kind + entry.id, entry);
    } else {
      index.getOrDefault(key, new HashMap<>()).remove(entry.kind + entry.id);
    }
  }

  private static String nameScope(Kind kind, ObjectNode body) {
    String name = Json.text(body, kind.nameField());
    String parent = kind.isName() ? null : Json.text(body.path("ParentRef"), "value");
    return (parent == null ? "" : parent + ":") + (name == null ? "" : name);
  }

  private static String nameKey(Kind kind, String name) {
    return kind.sequence + "/" + name.strip().toLowerCase(Locale.ROOT);
  }

  /** Objects that have the body's name already; inactive ones count. */
  Collection<Entry> namesakes(Kind kind, ObjectNode body) {
    return byName.getOrDefault(nameKey(kind, nameScope(kind, body)), Map.of()).values();
  }

  /** Transactions of the kind with that number. */
  Collection<Entry> numbered(Kind kind, String number) {
    return byNumber.getOrDefault(kind, Map.of()).getOrDefault(number, Map.of()).values();
  }

  /** What was applied to a document in all. */
  BigDecimal appliedTo(Entry entry) {
    return applied.getOrDefault(entry.kind.entity + "/" + entry.id, Map.of()).values().stream()
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Bills that are linked to an order. */
  List<Entry> billsOf(String orderId) {
    return List.copyOf(billsByOrder.getOrDefault(orderId, Map.of()).values());
  }

  /** The object as it is answered. */
  ObjectNode view(Entry entry) {
    ObjectNode out = entry.body.deepCopy();
    out.put("domain", "QBO").put("sparse", false).put("Id", entry.id);
    out.put("SyncToken", Integer.toString(entry.syncToken));
    out.putObject("MetaData")
        .put("CreateTime", time(entry.created))
        .put("LastUpdatedTime", time(entry.updated));
    return out;
  }
}
