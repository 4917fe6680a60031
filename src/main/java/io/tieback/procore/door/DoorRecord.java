package io.tieback.procore.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A record of Procore as the door read it.
 *
 * @param entity External Data's word
 * @param procoreId Procore's id
 * @param event what would be staged, {@code request_data} of Procore's own event, without links;
 *     null when the record is gone or cannot be read
 * @param digest of what an export depends on in the event; null without event
 * @param facts what people see of it
 * @param author who made it in Procore, as far as the resource says
 * @param presence whether it is there
 * @param problem why it cannot be read, in words for people; null when it can
 */
public record DoorRecord(
    String entity,
    long procoreId,
    JsonNode event,
    String digest,
    Facts facts,
    Author author,
    Presence presence,
    String problem) {

  /** Whether a record is there. */
  public enum Presence {
    THERE,
    /** Deleted, or no longer shown to the service account. */
    GONE
  }

  /**
   * What people see.
   *
   * @param number its number, or null
   * @param title its title, or null
   * @param party the company that it is about, or null
   * @param projectId its project, or null
   * @param projectName name of it, or null
   * @param commitmentId its commitment, or null
   * @param vendorId its company, or null
   * @param amount what it comes to, or null
   * @param currency ISO 4217, or null
   * @param date its day, or null
   * @param status Procore's word, or null
   * @param updated when it changed last, by Procore's clock, or null
   */
  public record Facts(
      String number,
      String title,
      String party,
      Long projectId,
      String projectName,
      Long commitmentId,
      Long vendorId,
      Money amount,
      String currency,
      LocalDate date,
      String status,
      Instant updated) {

    /** Nothing is known. */
    public static final Facts NONE =
        new Facts(null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /**
   * Who made or approved it.
   *
   * @param userId Procore's id of the person, or null
   * @param name name, or null
   * @param mail mail address, or null
   */
  public record Author(Long userId, String name, String mail) {

    /** Procore does not say. */
    public static final Author UNKNOWN = new Author(null, null, null);
  }

  public DoorRecord {
    Objects.requireNonNull(entity, "entity");
    Objects.requireNonNull(facts, "facts");
    Objects.requireNonNull(author, "author");
    Objects.requireNonNull(presence, "presence");
  }

  /** A record that Procore no longer shows. */
  public static DoorRecord gone(String entity, long procoreId) {
    return new DoorRecord(
        entity, procoreId, null, null, Facts.NONE, Author.UNKNOWN, Presence.GONE, null);
  }

  /** A record of which a field cannot be used. */
  public static DoorRecord unreadable(String entity, long procoreId, Facts facts, String problem) {
    return new DoorRecord(
        entity, procoreId, null, null, facts, Author.UNKNOWN, Presence.THERE, problem);
  }

  /** The same record with another author. */
  public DoorRecord by(Author other) {
    return new DoorRecord(entity, procoreId, event, digest, facts, other, presence, problem);
  }
}
