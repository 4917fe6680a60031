package io.tieback.procore.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.procore.Fields;
import io.tieback.procore.door.DoorRecord.Author;
import io.tieback.wire.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Small readings that the events share. */
final class Picked {

  private Picked() {}

  /** These fields of an object, as they are; those that it does not have are left out. */
  static ObjectNode fields(JsonNode from, List<String> names) {
    ObjectNode picked = Json.object();
    for (String name : names) {
      if (from.has(name)) {
        picked.set(name, from.get(name));
      }
    }
    return picked;
  }

  /** One field under another name; null where there is none. */
  static void copy(JsonNode from, String field, ObjectNode into, String name) {
    JsonNode value = from.path(field);
    into.set(name, value.isMissingNode() ? into.nullNode() : value);
  }

  /** A moment, or null when there is none or it cannot be read. */
  static Instant moment(JsonNode from, String field) {
    String text = Fields.text(from, field);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Whether Procore marks it as deleted. */
  static boolean deleted(JsonNode record) {
    return Fields.text(record, "deleted_at") != null;
  }

  /** Whoever made it: an id, or a person with name and login. */
  static Author author(JsonNode record, String of) {
    for (String field : List.of("approved_by", "created_by", "creator")) {
      JsonNode person = record.path(field);
      if (person.isObject()) {
        return new Author(
            Fields.idOrNull(person, "id", of),
            Fields.text(person, "name"),
            Fields.text(person, "login"));
      }
    }
    Long id = Fields.idOrNull(record, "created_by_id", of);
    return id == null ? Author.UNKNOWN : new Author(id, null, null);
  }
}
