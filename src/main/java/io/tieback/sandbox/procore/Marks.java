package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/**
 * {@code origin_id}, {@code origin_code} and {@code origin_data} as the public resources take them:
 * the key is unique for a type in a company, null clears it (section 3 of the reference).
 */
final class Marks {
  private static final Set<String> FIELDS = Set.of("id", "origin_id", "origin_code", "origin_data");
  private static final String TAKEN = "has already been taken";

  private final ExternalData external;
  private final Chronicle chronicle;

  Marks(ExternalData external, Chronicle chronicle) {
    this.external = external;
    this.chronicle = chronicle;
  }

  /** Whether nothing else than origin fields is written; the id of a row does not count. */
  static boolean only(JsonNode in) {
    for (var names = in.fieldNames(); names.hasNext(); ) {
      if (!FIELDS.contains(names.next())) {
        return false;
      }
    }
    return true;
  }

  /** 422 when another record of the type has the key. */
  void check(String type, long id, long companyId, JsonNode in) {
    if (external.taken(type, id, companyId, Json.text(in, "origin_id"))) {
      throw Refusal.field(422, "origin_id", TAKEN);
    }
  }

  /** Writes what is given of the origin fields. */
  void write(String type, long id, long companyId, JsonNode in) {
    check(type, id, companyId, in);
    if (!in.has("origin_id") && !in.has("origin_code") && !in.has("origin_data")) {
      return;
    }
    ExternalData.Row row = external.row(type, id, companyId);
    String originId =
        in.has("origin_id") ? Json.text(in, "origin_id") : row == null ? null : row.originId;
    row = external.set(type, id, companyId, originId);
    row.originCode = in.has("origin_code") ? Json.text(in, "origin_code") : row.originCode;
    row.originData = in.has("origin_data") ? Json.text(in, "origin_data") : row.originData;
    chronicle.changed(type, id);
  }

  /** Adds the origin fields that a record has; a code that it does not have is left out. */
  void show(String type, long id, long companyId, ObjectNode out) {
    ExternalData.Row row = external.row(type, id, companyId);
    out.put("origin_id", row == null ? null : row.originId);
    if (row != null && row.originCode != null) {
      out.put("origin_code", row.originCode);
    }
    if (row != null && row.originData != null) {
      out.put("origin_data", row.originData);
    }
  }

  /**
   * A sync action (section 3): each row names its record by {@code id}, or by {@code origin_id}
   * alone; both together may change the key.
   *
   * @param belongs whether a record of that id is one of those that the call is about
   * @param apply writes the other fields of a row; the id is null where a record is to be made
   * @param shown the record as the answer shows it
   */
  ErpResources.Sync sync(
      Ask ask,
      String type,
      java.util.function.LongPredicate belongs,
      SyncRow apply,
      LongFunction<ObjectNode> shown) {
    JsonNode rows = ask.body().get("updates");
    if (rows == null || !rows.isArray()) {
      throw Refusal.missing("updates");
    }
    int most = ask.switches.number("syncRowLimit");
    if (rows.size() > most) {
      throw Refusal.errors(
          413, "Request batch of " + rows.size() + " exceeds the maximum of " + most);
    }
    ErpResources.Sync sync = new ErpResources.Sync();
    for (JsonNode row : rows) {
      String origin = Json.text(row, "origin_id");
      Long id = row.hasNonNull("id") ? (Long) row.get("id").asLong() : null;
      Long owner = origin == null ? null : external.itemId(type, ask.companyId, origin);
      if (id != null && !belongs.test(id)) {
        sync.error(row, "id", "Entity with this ID not found");
      } else if (owner != null && (id != null ? !owner.equals(id) : !belongs.test(owner))) {
        sync.error(row, "origin_id", TAKEN);
      } else {
        apply(ask, type, id == null ? owner : id, row, apply, shown, sync);
      }
    }
    return sync;
  }

  private void apply(
      Ask ask,
      String type,
      Long id,
      JsonNode row,
      SyncRow apply,
      LongFunction<ObjectNode> shown,
      ErpResources.Sync sync) {
    boolean[] refused = {false};
    Long made =
        apply.apply(
            id,
            row,
            (field, text) -> {
              refused[0] = true;
              sync.error(row, field, text);
            });
    if (!refused[0]) {
      long written = Objects.requireNonNull(made);
      write(type, written, ask.companyId, row);
      sync.entities.add(shown.apply(written));
    }
  }

  /** Writes one row of a sync action. */
  interface SyncRow {
    /**
     * @param id the record, or null to make one
     * @param refuse takes field and text of what is wrong
     * @return the record's id
     */
    Long apply(Long id, JsonNode row, BiConsumer<String, String> refuse);
  }
}
