package io.tieback.console.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table with sortable heads and pages, as its macros draw it. The addresses keep whatever filter
 * there is.
 *
 * @param columns its heads
 * @param sort by which column
 * @param descending whether from the highest on
 * @param page which page, from 1 on
 * @param size rows of a page
 * @param total rows of all pages
 * @param first number of the first row shown; 0 of none
 * @param last number of the last row shown
 * @param previous address of the page before; blank when there is none
 * @param next address of the page after; blank when there is none
 */
public record Listing(
    List<Head> columns,
    String sort,
    boolean descending,
    int page,
    int size,
    long total,
    long first,
    long last,
    String previous,
    String next) {

  /**
   * A column.
   *
   * @param key what stands in the address when it is sorted by it; null when it cannot be
   * @param label message of its name, or the name
   * @param figure whether it has figures
   */
  public record Column(String key, String label, boolean figure) {

    /** A column of text. */
    public static Column text(String key, String label) {
      return new Column(key, label, false);
    }

    /** A column of figures. */
    public static Column figure(String key, String label) {
      return new Column(key, label, true);
    }
  }

  /**
   * A head as it is drawn.
   *
   * @param label message of its name, or the name
   * @param figure whether it has figures
   * @param href where a click leads; blank when it cannot be sorted
   * @param direction ascending, descending or blank
   */
  public record Head(String label, boolean figure, String href, String direction) {}

  /**
   * Which rows are wanted.
   *
   * @param sort key of a column
   * @param descending whether from the highest on
   * @param page from 1 on
   * @param size rows of a page
   */
  public record Wanted(String sort, boolean descending, int page, int size) {

    /** How many rows come before. */
    public long offset() {
      return (page - 1L) * size;
    }
  }

  /**
   * What the address asks for: {@code sort=amount}, {@code sort=-amount}, {@code page=3}. What is
   * no column is the standard.
   *
   * @param query parameters of the address
   * @param standard a key of a column, with a minus for descending
   */
  public static Wanted wanted(
      Map<String, List<String>> query, List<Column> columns, String standard, int size) {
    String given = one(query, "sort", standard);
    String key = given.startsWith("-") ? given.substring(1) : given;
    boolean known = columns.stream().anyMatch(column -> key.equals(column.key()));
    String sort = known ? given : standard;
    String page = one(query, "page", "1");
    return new Wanted(
        sort.startsWith("-") ? sort.substring(1) : sort,
        sort.startsWith("-"),
        page.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(page) : 1,
        size);
  }

  /**
   * The listing of what was found.
   *
   * @param path of the page, from {@code /console} on
   * @param query its parameters, which stay but for sort and page
   * @param shown rows of this page
   * @param total rows of all pages
   */
  public static Listing of(
      String path,
      Map<String, List<String>> query,
      List<Column> columns,
      Wanted wanted,
      int shown,
      long total) {
    List<Head> heads = new ArrayList<>();
    for (Column column : columns) {
      boolean by = wanted.sort().equals(column.key());
      String turn = by && !wanted.descending() ? "-" : "";
      heads.add(
          new Head(
              column.label(),
              column.figure(),
              column.key() == null
                  ? ""
                  : address(path, query, Map.of("sort", turn + column.key(), "page", "")),
              by ? (wanted.descending() ? "descending" : "ascending") : ""));
    }
    long first = shown == 0 ? 0 : wanted.offset() + 1;
    return new Listing(
        List.copyOf(heads),
        wanted.sort(),
        wanted.descending(),
        wanted.page(),
        wanted.size(),
        total,
        first,
        shown == 0 ? 0 : wanted.offset() + shown,
        wanted.page() > 1
            ? address(path, query, Map.of("page", Integer.toString(wanted.page() - 1)))
            : "",
        wanted.offset() + shown < total && shown > 0
            ? address(path, query, Map.of("page", Integer.toString(wanted.page() + 1)))
            : "");
  }

  /** The last page, when there are rows but none as far on as was asked for. */
  public Optional<Integer> lastPage() {
    return first == 0 && total > 0 && page > 1
        ? Optional.of((int) Math.min(page - 1L, (total + size - 1) / size))
        : Optional.empty();
  }

  /** An address with some parameters changed; a blank one is left out. */
  public static String address(
      String path, Map<String, List<String>> query, Map<String, String> changes) {
    Map<String, List<String>> all = new LinkedHashMap<>(query);
    changes.forEach((name, value) -> all.put(name, value.isEmpty() ? List.of() : List.of(value)));
    StringBuilder address = new StringBuilder(path);
    all.forEach(
        (name, values) ->
            values.stream()
                .filter(value -> !value.isEmpty())
                .forEach(
                    value ->
                        address
                            .append(address.indexOf("?") < 0 ? '?' : '&')
                            .append(encoded(name))
                            .append('=')
                            .append(encoded(value))));
    return address.toString();
  }

  private static String one(Map<String, List<String>> query, String name, String standard) {
    return query.getOrDefault(name, List.of()).stream()
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse(standard);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
