package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.erp.quickbooksonline.ScriptedRealm.Asked;
import io.tieback.erp.quickbooksonline.ScriptedRealm.Reply;
import io.tieback.wire.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Records of a company as change data capture and queries give them, with QuickBooks's limits:
 * 1,000 in an answer, no next page and no total in change data capture, no deleted ones in queries.
 */
final class Listing implements Function<Asked, Reply> {

  private static final int MOST = 1000;
  private static final Pattern SINCE = Pattern.compile("MetaData\\.LastUpdatedTime >= '([^']+)'");
  private static final Pattern IDS = Pattern.compile("Id in \\(([^)]*)\\)");
  private static final Pattern NAME = Pattern.compile(" Name = '([^']*)'");
  private static final Pattern PAGE = Pattern.compile("startposition (\\d+) maxresults (\\d+)");

  private final Map<String, Map<String, ObjectNode>> records = new LinkedHashMap<>();
  private Instant now = ScriptedRealm.NOW;

  /** What time the company has. */
  Listing at(Instant time) {
    now = time;
    return this;
  }

  /** Puts a record there as of now, in place of one with its id. Backticks are quotes. */
  Listing with(String entity, String json) {
    ObjectNode record = (ObjectNode) Json.read(json.replace('`', '"'));
    record.putObject("MetaData").put("LastUpdatedTime", now.toString().replace("Z", "+00:00"));
    of(entity).remove(record.path("Id").asText());
    of(entity).put(record.path("Id").asText(), record);
    return this;
  }

  /** Deletes a record. */
  Listing without(String entity, String id) {
    return with(entity, "{`status`:`Deleted`,`domain`:`QBO`,`Id`:`" + id + "`}");
  }

  private Map<String, ObjectNode> of(String entity) {
    return records.computeIfAbsent(entity, none -> new LinkedHashMap<>());
  }

  private static boolean isDeleted(ObjectNode record) {
    return record.path("status").asText().equals("Deleted");
  }

  private static Instant changed(ObjectNode record) {
    return OffsetDateTime.parse(record.path("MetaData").path("LastUpdatedTime").asText())
        .toInstant();
  }

  @Override
  public Reply apply(Asked asked) {
    ObjectNode body = Json.object();
    if (asked.path().endsWith("/cdc")) {
      captured(body, asked.query());
    } else {
      queried(body, asked.query().get("query"));
    }
    return new Reply(200, Json.write(body.put("time", now.toString())));
  }

  private void captured(ObjectNode body, Map<String, String> query) {
    Instant since = OffsetDateTime.parse(query.get("changedSince")).toInstant();
    ArrayNode responses = body.putArray("CDCResponse").addObject().putArray("QueryResponse");
    int left = MOST;
    for (String entity : query.get("entities").split(",")) {
      List<ObjectNode> found =
          of(entity).values().stream()
              .filter(one -> !changed(one).isBefore(since))
              .limit(left)
              .toList();
      left -= found.size();
      ObjectNode response = responses.addObject();
      if (!found.isEmpty()) {
        ArrayNode rows = response.putArray(entity);
        found.forEach(one -> rows.add(one.deepCopy()));
      }
    }
  }

  private void queried(ObjectNode body, String statement) {
    String entity = statement.split(" ")[3];
    Stream<ObjectNode> found = of(entity).values().stream().filter(one -> !isDeleted(one));
    Matcher since = SINCE.matcher(statement);
    if (since.find()) {
      Instant from = Instant.parse(since.group(1));
      found = found.filter(one -> !changed(one).isBefore(from));
    }
    Matcher ids = IDS.matcher(statement);
    if (ids.find()) {
      List<String> wanted = Arrays.asList(ids.group(1).split(", "));
      found = found.filter(one -> wanted.contains("'" + one.path("Id").asText() + "'"));
    }
    Matcher name = NAME.matcher(statement);
    if (name.find()) {
      found = found.filter(one -> one.path("Name").asText().equals(name.group(1)));
    }
    Matcher page = PAGE.matcher(statement);
    if (!page.find()) {
      throw new IllegalArgumentException(statement);
    }
    List<ObjectNode> rows =
        new ArrayList<>(
            found
                .sorted(Comparator.comparing(Listing::changed))
                .skip(Long.parseLong(page.group(1)) - 1)
                .limit(Math.min(MOST, Long.parseLong(page.group(2))))
                .toList());
    ObjectNode response = body.putObject("QueryResponse");
    if (!rows.isEmpty()) {
      ArrayNode array = response.putArray(entity);
      rows.forEach(one -> array.add(one.deepCopy()));
    }
  }
}
