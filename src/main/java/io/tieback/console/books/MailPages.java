package io.tieback.console.books;

import io.tieback.approval.Duty;
import io.tieback.approval.Permissions;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Notices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mails that wait, that left and that were given up, for whoever keeps things going. */
final class MailPages implements Pages.Group {

  private static final int SIZE = 50;
  private static final List<String> VIEWS = List.of("failed", "due", "sent", "all");

  private final Ledger ledger;
  private final boolean sends;

  /**
   * @param sends whether a mail server is configured
   */
  MailPages(Ledger ledger, boolean sends) {
    this.ledger = ledger;
    this.sends = sends;
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .bundle("books")
        .bundle("mails")
        .navigation(
            Pages.Section.HOUSE,
            40,
            "mails.title",
            "/mails",
            Pages.duty(Duty.REPLAY),
            ask -> ledger.notices().failed())
        .get("/mails", Pages.duty(Duty.REPLAY), this::list)
        .post("/mails/again", Pages.duty(Duty.REPLAY), this::again)
        .post("/mails/again-all", Pages.duty(Duty.REPLAY), this::againAll);
  }

  private Reply list(Ask ask) {
    String view =
        ask.query("show")
            .filter(VIEWS::contains)
            .orElse(ledger.notices().failed() > 0 ? "failed" : "all");
    Long before =
        ask.query("before").filter(id -> id.matches("[0-9]{1,18}")).map(Long::valueOf).orElse(null);
    List<Notices.Row> found =
        ledger.notices().list(view.equals("all") ? null : view, before, SIZE + 1);
    List<Notices.Row> rows = found.stream().limit(SIZE).filter(row -> seen(ask, row)).toList();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("show", view);
    model.put("sends", sends);
    model.put(
        "tabs",
        VIEWS.stream()
            .map(
                one ->
                    new Tab(
                        ask.text("mails.show." + one),
                        "/console/mails?show=" + one,
                        one.equals(view),
                        count(one)))
            .toList());
    model.put("rows", rows);
    model.put(
        "older",
        found.size() > SIZE
            ? "/console/mails?show=" + view + "&before=" + found.get(SIZE - 1).id()
            : "");
    return Reply.page("mails", model);
  }

  private static boolean seen(Ask ask, Notices.Row row) {
    return Permissions.sees(ask.person(), row.connection());
  }

  private Long count(String view) {
    return switch (view) {
      case "failed" -> ledger.notices().failed();
      case "due" -> ledger.notices().waiting();
      default -> null;
    };
  }

  private Reply again(Ask ask) {
    Reply.Redirect there = Reply.redirect("/mails");
    ledger
        .notices()
        .find(ask.requiredNumber("mail"))
        .ifPresent(row -> ask.requireSeen(row.connection()));
    return ledger.notices().again(ask.requiredNumber("mail"), ask.person().email())
        ? there.saying("mails.again.done")
        : there.warning("mails.again.not");
  }

  private Reply againAll(Ask ask) {
    long sent =
        ledger.notices().list("failed", null, Notices.PAGE).stream()
            .filter(mail -> seen(ask, mail))
            .filter(mail -> ledger.notices().again(mail.id(), ask.person().email()))
            .count();
    return Reply.redirect("/mails?show=due").saying("mails.again.all.done", sent);
  }
}
