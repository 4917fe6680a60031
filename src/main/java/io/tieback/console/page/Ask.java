package io.tieback.console.page;

import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.console.view.Formats;
import io.tieback.console.view.Messages;
import io.tieback.console.view.Reader;
import io.tieback.console.web.Call;
import io.tieback.console.web.Problem;
import io.tieback.construction.ConnectionId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a page is asked: by whom, for what, in which language. */
public final class Ask {

  /** Of one field; a form's field is cut off nowhere, but refused. */
  private static final int LONGEST_FIELD = 10_000;

  /** Of what is searched for; a browser's address has to hold it. */
  private static final int LONGEST_QUERY = 200;

  private static final int FIRST_YEAR = 1900;

  private final Call call;
  private final Person person;
  private final Map<String, String> path;
  private final Optional<ConnectionId> connection;
  private final Reader reader;
  private final Messages messages;

  Ask(
      Call call,
      Person person,
      Map<String, String> path,
      Optional<ConnectionId> connection,
      Reader reader,
      Messages messages) {
    this.call = call;
    this.person = person;
    this.path = path;
    this.connection = connection;
    this.reader = reader;
    this.messages = messages;
  }

  /** Who asks. */
  public Person person() {
    if (person == null) {
      throw new IllegalStateException("nobody has to be signed in for " + call.path());
    }
    return person;
  }

  /**
   * The connection that was chosen in the header; empty for all of them. Whoever sees only some is
   * never given all: it is one of theirs.
   */
  public Optional<ConnectionId> connection() {
    return connection;
  }

  /** 404 when what was asked for is of a connection that they do not see. */
  public void requireSeen(ConnectionId of) {
    if (!Permissions.sees(person(), of)) {
      throw Problem.notFound();
    }
  }

  /** A part of the path, as the pattern names it. */
  public String part(String name) {
    return path.get(name);
  }

  /** A part of the path that is a number; 404 when it is none. */
  public long number(String name) {
    String given = part(name);
    if (!given.matches("[0-9]{1,18}")) {
      throw Problem.notFound();
    }
    return Long.parseLong(given);
  }

  /** A parameter of the address; empty when it is missing or blank. */
  public Optional<String> query(String name) {
    Optional<String> given = call.query(name).map(String::strip).filter(text -> !text.isEmpty());
    given.ifPresent(text -> requireShort(name, text, LONGEST_QUERY));
    return given;
  }

  /** Every value of a parameter of the address. */
  public List<String> queries(String name) {
    return call.query().getOrDefault(name, List.of());
  }

  /** A whole number in the address, or the standard when it is missing. */
  public int query(String name, int lowest, int highest, int standard) {
    return query(name).map(given -> whole(name, given, lowest, highest)).orElse(standard);
  }

  /** A field of the form; empty when it is missing or blank. */
  public Optional<String> field(String name) {
    Optional<String> given = call.field(name).map(String::strip).filter(text -> !text.isEmpty());
    given.ifPresent(text -> requireShort(name, text, LONGEST_FIELD));
    return given;
  }

  private void requireShort(String name, String given, int longest) {
    if (given.length() > longest) {
      throw bad(name, "error.long", formats().number(given.length()), formats().number(longest));
    }
  }

  /** A field that has to be there; 400 when it is not. */
  public String required(String name) {
    return field(name).orElseThrow(() -> bad(name, "error.missing"));
  }

  /** A field exactly as it was typed, such as a password; empty text when it is missing. */
  public String typed(String name) {
    return call.field(name).orElse("");
  }

  /** Every value of a field, such as of boxes that were ticked. */
  public List<String> fields(String name) {
    return call.form().getOrDefault(name, List.of());
  }

  /** Whether a box was ticked. */
  public boolean ticked(String name) {
    return call.field(name).isPresent();
  }

  /** A field that is a whole number; 400 when it is missing or none. */
  public long requiredNumber(String name) {
    String given = required(name);
    if (given.matches("-[0-9]+")) {
      throw bad(name, "error.negative", given);
    }
    if (!given.matches("[0-9]{1,18}")) {
      throw bad(name, "error.number", given);
    }
    return Long.parseLong(given);
  }

  /** A day in a field or in the address, {@code 2026-01-31}, from 1900 on; 400 when it is none. */
  public Optional<LocalDate> day(String name) {
    return field(name)
        .or(() -> query(name))
        .map(
            given -> {
              try {
                LocalDate day = LocalDate.parse(given);
                if (given.length() != "2026-01-31".length() || day.getYear() < FIRST_YEAR) {
                  throw bad(name, "error.date", given);
                }
                return day;
              } catch (DateTimeParseException e) {
                throw bad(name, "error.date", given);
              }
            });
  }

  /** Whether htmx asks for a part of the page. */
  public boolean htmx() {
    return call.htmx();
  }

  /** Their language. */
  public Locale language() {
    return reader.language();
  }

  /** The company's zone: of the connection that was chosen, otherwise of the first. */
  public ZoneId zone() {
    return reader.formats().zone();
  }

  /** How figures and times are written for them. */
  public Formats formats() {
    return reader.formats();
  }

  /** What time it is. */
  public Instant now() {
    return reader.now();
  }

  /** A text in their language. */
  public String text(String key, Object... words) {
    return messages.text(reader.language(), key, words);
  }

  /** The text of a key in their language, or what was given when it is no key but a sentence. */
  public String said(String keyOrSentence) {
    return messages.said(reader.language(), keyOrSentence);
  }

  /** The path, from {@code /console} on. */
  public String path() {
    return call.path();
  }

  /** Everything about the request. */
  public Call call() {
    return call;
  }

  Reader reader() {
    return reader;
  }

  private int whole(String name, String given, int lowest, int highest) {
    if (!given.matches("-?[0-9]{1,9}")) {
      throw bad(name, "error.number", given);
    }
    int number = Integer.parseInt(given);
    if (number < lowest || number > highest) {
      throw bad(name, "error.range", given, lowest, highest);
    }
    return number;
  }

  private Problem bad(String field, String key, Object... words) {
    return Problem.badRequest(field, text(key, words), "error.400.remedy");
  }
}
