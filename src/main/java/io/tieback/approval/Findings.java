package io.tieback.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tieback.ledger.QueueItem;
import io.tieback.rules.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Findings as the queue keeps them: a JSON array of objects with the fields of {@link Finding}. */
public final class Findings {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Findings() {}

  /** Their JSON. */
  public static String json(List<Finding> findings) {
    try {
      return MAPPER.writeValueAsString(findings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("findings cannot be written as JSON", e);
    }
  }

  /** The findings of such an array. */
  public static List<Finding> read(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<List<Finding>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "findings are no JSON array of findings: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Everything that is known against an item: from reading it and from composing it, once each, as
   * composing it has it where both tell it.
   */
  public static List<Finding> of(QueueItem item) {
    Map<List<String>, Finding> all = new LinkedHashMap<>();
    read(item.about().findings()).forEach(one -> all.put(key(one), one));
    read(item.shown().findings()).forEach(one -> all.put(key(one), one));
    return List.copyOf(all.values());
  }

  private static List<String> key(Finding one) {
    return List.of(
        one.ruleId(),
        String.valueOf(one.field()),
        String.valueOf(one.found()),
        String.valueOf(one.limit()));
  }

  /**
   * Why nothing can be accepted with these findings: what forbids it, else what it waits for.
   *
   * @return empty when nothing stands in the way
   */
  static Optional<Refusal> against(List<Finding> findings) {
    String forbidding = forbidding(findings);
    if (!forbidding.isEmpty()) {
      return Optional.of(Refusal.of("accept.findings", forbidding));
    }
    String waiting = sentences(findings, Finding.Severity.WAIT);
    return waiting.isEmpty() ? Optional.empty() : Optional.of(Refusal.of("accept.waits", waiting));
  }

  /** Whether one of such an array is a wait. */
  static boolean waits(String json) {
    return read(json).stream().anyMatch(one -> one.severity() == Finding.Severity.WAIT);
  }

  /** Those that forbid, in sentences; blank when there is none. */
  static String forbidding(List<Finding> findings) {
    return sentences(findings, Finding.Severity.REFUSE);
  }

  private static String sentences(List<Finding> findings, Finding.Severity severity) {
    return findings.stream()
        .filter(one -> one.severity() == severity)
        .map(Finding::sentence)
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
