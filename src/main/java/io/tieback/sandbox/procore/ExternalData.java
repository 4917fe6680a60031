package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The External Data records: the accounting system's key of each Procore object. An {@code
 * origin_id} is unique per item type and company, across all projects; it may repeat across
 * companies (section 3 of the reference).
 */
final class ExternalData {
  /** One record. */
  static final class Row {
    final long id;
    final long companyId;
    final String itemType;
    final long itemId;
    String originId;
    String originCode;
    String originData;

    Row(long id, long companyId, String itemType, long itemId) {
      this.id = id;
      this.companyId = companyId;
      this.itemType = itemType;
      this.itemId = itemId;
    }

    ObjectNode json() {
      return Json.object()
          .put("id", id)
          .put("item_type", itemType)
          .put("item_id", itemId)
          .put("origin_id", originId)
          .put("origin_code", originCode)
          .put("origin_data", originData);
    }
  }

  private record Key(String itemType, long itemId, long companyId) {}

  private record Origin(String itemType, long companyId, String originId) {}

  private final State state;
  private final Chronicle chronicle;
  private final Map<Key, Row> rows = new LinkedHashMap<>();
  private final Map<Origin, Key> owners = new HashMap<>();

  ExternalData(State state, Chronicle chronicle) {
    this.state = state;
    this.chronicle = chronicle;
  }

  void clear() {
    rows.clear();
    owners.clear();
  }

  /** The key of an item, or null when it is not synced. */
  String originId(String itemType, long itemId, long companyId) {
    Row row = rows.get(new Key(itemType, itemId, companyId));
    return row == null ? null : row.originId;
  }

  /** The record of an item, or null. */
  Row row(String itemType, long itemId, long companyId) {
    return rows.get(new Key(itemType, itemId, companyId));
  }

  /** Whether another item of that type in the company has this key already. */
  boolean taken(String itemType, long itemId, long companyId, String originId) {
    Key owner = originId == null ? null : owners.get(new Origin(itemType, companyId, originId));
    return owner != null && owner.itemId() != itemId;
  }

  /** The item that has this key, or null. */
  Long itemId(String itemType, long companyId, String originId) {
    Key owner = owners.get(new Origin(itemType, companyId, originId));
    return owner == null ? null : owner.itemId();
  }

  /** Sets or clears (null) the key of an item; the caller has checked {@link #taken}. */
  Row set(String itemType, long itemId, long companyId, String originId) {
    Key key = new Key(itemType, itemId, companyId);
    Row row = rows.computeIfAbsent(key, k -> new Row(state.nextId(), companyId, itemType, itemId));
    if (row.originId != null && !Objects.equals(row.originId, originId)) {
      owners.remove(new Origin(itemType, companyId, row.originId));
    }
    if (originId != null) {
      owners.put(new Origin(itemType, companyId, originId), key);
    }
    row.originId = originId;
    chronicle.changed(itemType, itemId);
    return row;
  }

  /** Removes the record of an item. */
  void remove(String itemType, long itemId, long companyId) {
    Row row = rows.remove(new Key(itemType, itemId, companyId));
    if (row != null && row.originId != null) {
      owners.remove(new Origin(itemType, companyId, row.originId));
      chronicle.changed(itemType, itemId);
    }
  }

  /** The records of a type in a company, only that of one item when it is given. */
  List<Row> list(String itemType, long companyId, Long itemId) {
    if (itemId != null) {
      Row row = row(itemType, itemId, companyId);
      return row == null ? List.of() : List.of(row);
    }
    List<Row> found = new ArrayList<>();
    for (Row row : rows.values()) {
      if (row.companyId == companyId && row.itemType.equals(itemType)) {
        found.add(row);
      }
    }
    return found;
  }
}
