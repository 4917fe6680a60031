package io.tieback.console.books;

import io.tieback.approval.Duty;
import io.tieback.approval.Permissions;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.view.Listing;
import io.tieback.console.view.Listing.Column;
import io.tieback.console.web.Problem;
import io.tieback.construction.BookedCompany;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.CompanyLinking;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.ConnectionRooms;
import io.tieback.ledger.CompanyMatches;
import io.tieback.ledger.CompanyMatches.Pair;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.Page;
import io.tieback.wire.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is linked with what, and which companies may be which suppliers with score and reasons
 * (GEN-COY-01, XR-COY-01). Linking and unlinking look at both sides first.
 */
final class LinkPages implements Pages.Group {

  private static final int SIZE = 50;
  private static final int LOWEST = 60;
  private static final int CLEAR = 90;
  private static final int MOST = 3;
  private static final String HERE = "/console/links";
  private static final List<String> VIEWS =
      List.of("suggested", "vendor", "project", "cost_code", "apart");

  private static final List<Column> COLUMNS =
      List.of(
          Column.text(null, "links.erp-name"),
          Column.text(null, "links.procore-id"),
          Column.text(null, "links.erp-id"),
          Column.text(null, "links.origin"),
          Column.text(null, "links.deed"));

  private static final List<Column> PAIR_COLUMNS =
      List.of(
          Column.text(null, "links.company"),
          Column.text(null, "links.supplier"),
          Column.figure(null, "links.score"),
          Column.text(null, "links.reasons"),
          Column.text(null, "links.deed"));

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final CompanyLinking linking;
  private final List<ConnectionId> connections;

  LinkPages(
      Ledger ledger,
      ConnectionRooms rooms,
      CompanyLinking linking,
      List<ConnectionId> connections) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.linking = linking;
    this.connections = List.copyOf(connections);
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .bundle("books")
        .bundle("links")
        .navigation(Pages.Section.BOOKS, 4, "links.title", "/links", Pages.duty(Duty.VIEW))
        .get("/links", Pages.duty(Duty.VIEW), this::list)
        .post("/links/suggest", Pages.duty(Duty.LINKS), this::suggest)
        .post("/links/link", Pages.duty(Duty.LINKS), this::link)
        .post("/links/link-all", Pages.duty(Duty.LINKS), this::linkAll)
        .post("/links/unlink", Pages.duty(Duty.LINKS), this::unlink)
        .post("/links/apart", Pages.duty(Duty.LINKS), this::apart);
  }

  private ConnectionId connection(Ask ask) {
    return ask.connection().orElse(connections.get(0));
  }

  // ---- looking

  private Reply list(Ask ask) {
    ConnectionId connection = connection(ask);
    String view = ask.query("show").filter(VIEWS::contains).orElse("suggested");
    List<CompanyMatches.Stored> stored = ledger.companyMatches().list(connection);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("of", connection.value());
    model.put("show", view);
    model.put("q", ask.query("q").orElse(""));
    model.put("mayLink", Permissions.refusal(ask.person(), Duty.LINKS).isEmpty());
    model.put(
        "whyNot",
        Permissions.refusal(ask.person(), Duty.LINKS)
            .map(one -> one.reason(ask.language()))
            .orElse(""));
    model.put("clear", CLEAR);
    model.put(
        "tabs",
        VIEWS.stream()
            .map(
                one ->
                    new Tab(
                        ask.text("links.show." + one),
                        HERE + "?show=" + one,
                        one.equals(view),
                        count(connection, one, stored)))
            .toList());
    switch (view) {
      case "suggested" -> pairs(ask, model, stored, CompanyMatches.State.SUGGESTED);
      case "apart" -> pairs(ask, model, stored, CompanyMatches.State.APART);
      default -> linked(ask, model, connection, view, stored);
    }
    return Reply.page("links", model);
  }

  private Long count(ConnectionId connection, String view, List<CompanyMatches.Stored> stored) {
    return switch (view) {
      case "suggested" -> of(stored, CompanyMatches.State.SUGGESTED);
      case "apart" -> of(stored, CompanyMatches.State.APART);
      default -> ledger.links().page(connection, view, null, 1, 0).total();
    };
  }

  private static long of(List<CompanyMatches.Stored> stored, CompanyMatches.State state) {
    return stored.stream().filter(one -> one.state() == state).count();
  }

  private void pairs(
      Ask ask,
      Map<String, Object> model,
      List<CompanyMatches.Stored> stored,
      CompanyMatches.State state) {
    String words = ask.query("q").orElse("").toLowerCase(Locale.ROOT);
    List<CompanyMatches.Stored> found =
        stored.stream()
            .filter(one -> one.state() == state)
            .filter(one -> words.isEmpty() || text(one.pair()).contains(words))
            .sorted(
                java.util.Comparator.comparingInt(
                        (CompanyMatches.Stored one) -> one.pair().match().score())
                    .reversed())
            .toList();
    Listing.Wanted wanted = Listing.wanted(ask.call().query(), PAIR_COLUMNS, "", SIZE);
    List<CompanyMatches.Stored> rows = found.stream().skip(wanted.offset()).limit(SIZE).toList();
    model.put("pairs", rows);
    model.put("rows", List.of());
    model.put(
        "listing",
        Listing.of(HERE, ask.call().query(), PAIR_COLUMNS, wanted, rows.size(), found.size()));
  }

  private static String text(Pair pair) {
    return String.join(
            " ",
            pair.vendorName(),
            pair.supplierName(),
            pair.match().first(),
            pair.match().second())
        .toLowerCase(Locale.ROOT);
  }

  /**
   * A link as a list shows it.
   *
   * @param link what is joined
   * @param company name of Procore's company; blank when it is none or unknown
   */
  record Linked(Links.Link link, String company) {}

  private void linked(
      Ask ask,
      Map<String, Object> model,
      ConnectionId connection,
      String entity,
      List<CompanyMatches.Stored> stored) {
    Listing.Wanted wanted = Listing.wanted(ask.call().query(), COLUMNS, "", SIZE);
    Page<Links.Link> page =
        ledger
            .links()
            .page(
                connection,
                entity,
                ask.query("q").orElse(null),
                SIZE,
                Math.toIntExact(wanted.offset()));
    model.put("pairs", List.of());
    Map<String, String> names =
        stored.stream()
            .collect(
                Collectors.toMap(
                    one -> one.pair().match().first(),
                    one -> one.pair().vendorName(),
                    (first, second) -> first));
    boolean companies = entity.equals("vendor");
    model.put(
        "rows",
        page.rows().stream()
            .map(
                link ->
                    new Linked(link, companies ? names.getOrDefault(link.procoreKey(), "") : ""))
            .toList());
    model.put(
        "listing",
        Listing.of(HERE, ask.call().query(), COLUMNS, wanted, page.rows().size(), page.total()));
  }

  // ---- deeds

  private Reply suggest(Ask ask) {
    return deed(
        ask,
        "suggested",
        room -> {
          int found = linking.suggest(room, LOWEST, MOST).size();
          return there("suggested").saying("links.looked", ask.formats().number(found));
        });
  }

  private Reply link(Ask ask) {
    return deed(
        ask,
        "suggested",
        room -> {
          Pair pair =
              linking.link(
                  room,
                  ask.requiredNumber("company"),
                  ask.required("supplier"),
                  ask.person().email());
          return there("suggested").saying("links.linked", pair.vendorName(), pair.supplierName());
        });
  }

  /** What would be linked is shown first. */
  private Reply linkAll(Ask ask) {
    long score = ask.requiredNumber("score");
    if (score < LOWEST || score > 100) {
      throw Problem.badRequest(
          "score", ask.text("error.range", score, LOWEST, 100), "error.400.remedy");
    }
    return deed(
        ask,
        "suggested",
        room -> {
          if (ask.ticked("confirmed")) {
            int linked = linking.linkAll(room, (int) score, ask.person().email()).size();
            return there("suggested").saying("links.linked-all", ask.formats().number(linked));
          }
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("of", room.id().value());
          model.put("score", score);
          model.put("pairs", linking.clear(room, (int) score));
          return Reply.page("links-confirm", model);
        });
  }

  /** Asks once more; GEN-ICON-07: success is said in GREEN, failure with its message in RED. */
  private Reply unlink(Ask ask) {
    if (!ask.ticked("confirmed")) {
      Map<String, Object> model = new LinkedHashMap<>();
      model.put("of", ask.required("of"));
      model.put("company", ask.requiredNumber("company"));
      model.put("name", ask.field("name").orElse(ask.required("company")));
      return Reply.page("links-unlink", model);
    }
    return deed(
        ask,
        "vendor",
        room -> {
          Optional<BookedCompany> supplier =
              linking.unlink(room, ask.requiredNumber("company"), ask.person().email());
          return supplier.isPresent()
              ? there("vendor").saying("links.unlinked", supplier.get().name())
              : there("vendor").saying("links.unlinked.gone");
        });
  }

  private Reply apart(Ask ask) {
    return deed(
        ask,
        "suggested",
        room -> {
          Pair pair =
              linking.apart(
                  room,
                  ask.requiredNumber("company"),
                  ask.required("supplier"),
                  ask.person().email());
          return there("suggested").saying("links.parted", pair.vendorName(), pair.supplierName());
        });
  }

  /** What speaks against it is said in the words of who said it. */
  private Reply deed(Ask ask, String view, Function<ConnectionRoom, Reply> deed) {
    String name = ask.required("of");
    ConnectionId connection =
        connections.stream()
            .filter(one -> one.value().equals(name))
            .findFirst()
            .orElseThrow(
                () -> Problem.badRequest("of", ask.text("error.choice", name), "error.400.remedy"));
    ask.requireSeen(connection);
    try {
      return deed.apply(rooms.of(connection));
    } catch (Failure failure) {
      String remedy = failure.remedy() == null ? "" : failure.remedy();
      return there(view)
          .warning("links.failed", failure.getMessage(), remedy.isBlank() ? "" : remedy + ".");
    }
  }

  private static Reply.Redirect there(String view) {
    return Reply.redirect("/links?show=" + view);
  }
}
