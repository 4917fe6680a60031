package io.tieback.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** What an approver enters besides accepting (GEN-Q-05), and its JSON. */
public final class Extra {

  /** The number that the document gets in the ERP (GEN-CFG-03). */
  public static final String NUMBER = "number";

  /** The day on which it is posted, as YYYY-MM-DD. */
  public static final String ACCOUNTING_DATE = "accountingDate";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Extra() {}

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
