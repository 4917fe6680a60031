package io.tieback.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an approver enters besides accepting (GEN-Q-05), and its JSON. */
public final class Extra {

  /** The number that the document gets in the ERP (GEN-CFG-03). */
  public static final String NUMBER = "number";

  /** The day on which it is posted, as YYYY-MM-DD. */
  public static final String ACCOUNTING_DATE = "accountingDate";

  /** The first day that can be entered. */
  public static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);

  /** The last day that can be entered. */
  public static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Extra() {}

  /**
   * Why the accounting date that was entered cannot be taken: it is no day, or outside of {@link
   * #FIRST_DAY} to {@link #LAST_DAY}. Empty when it can, or none was entered.
   */
  public static Optional<Refusal> wrongDate(Map<String, String> fields) {
    String given = fields.get(ACCOUNTING_DATE);
    if (given == null || given.isBlank()) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.parse(given.strip());
      if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
        return Optional.empty();
      }
    } catch (DateTimeParseException e) {
      // Told below, with what is allowed.
    }
    return Optional.of(Refusal.of("accept.date", given.strip(), FIRST_DAY, LAST_DAY));
  }

  /** The fields that are not blank, as a JSON object of texts, sorted by name. */
  public static String json(Map<String, String> fields) {
    Map<String, String> given = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (value != null && !value.isBlank()) {
            given.put(name, value.strip());
          }
        });
    try {
      return MAPPER.writeValueAsString(given);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts cannot be written as JSON", e);
    }
  }

  /** The fields of such an object. */
  public static Map<String, String> read(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("extra fields are no JSON object of texts", e);
    }
  }
}
