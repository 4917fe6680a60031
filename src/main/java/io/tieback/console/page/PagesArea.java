package io.tieback.console.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.approval.Refusal;
import io.tieback.approval.Refused;
import io.tieback.console.door.Gate;
import io.tieback.console.door.Gate.Guest;
import io.tieback.console.door.SameOrigin;
import io.tieback.console.view.Formats;
import io.tieback.console.view.Listing;
import io.tieback.console.view.Messages;
import io.tieback.console.view.Reader;
import io.tieback.console.web.Answer;
import io.tieback.console.web.Area;
import io.tieback.console.web.Call;
import io.tieback.console.web.Cookies;
import io.tieback.console.web.Problem;
import io.tieback.console.web.WebMount;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Sessions;
import io.tieback.ledger.Users;
import io.tieback.wire.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for the registered pages: finds who asks, refuses forged deeds, checks the right that the
 * page needs, lets the page answer, and turns what goes wrong into pages.
 */
final class PagesArea implements Area {

  private static final Logger LOG = LoggerFactory.getLogger(PagesArea.class);
  private static final String START = "/console";

  /** What somebody looks at who sees no connection that is set up: there is nothing in it. */
  private static final ConnectionId NONE = new ConnectionId("none-that-is-seen");

  private static final String CONNECTION_COOKIE = "tieback-connection";

  private final Pages pages;
  private final Screen screen;
  private final Messages messages;
  private final Gate gate;
  private final SameOrigin sameOrigin;
  private final Cookies cookies;
  private final Map<ConnectionId, ZoneId> zones;
  private final Sessions sessions;
  private final Clock clock;

  PagesArea(
      Pages pages,
      Screen screen,
      Messages messages,
      Gate gate,
      SameOrigin sameOrigin,
      Cookies cookies,
      Map<ConnectionId, ZoneId> zones,
      Sessions sessions,
      Clock clock) {
    this.pages = pages;
    this.screen = screen;
    this.messages = messages;
    this.gate = gate;
    this.sameOrigin = sameOrigin;
    this.cookies = cookies;
    this.zones = zones;
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public boolean holds(String path) {
    return path.equals(START) || path.startsWith(START + "/");
  }

  @Override
  public Answer answer(Call call) {
    if (call.path().equals(START)) {
      return Answer.seeOther(START + "/");
    }
    Optional<Guest> guest = gate.guest(call);
    Reader reader = reader(call, guest);
    Optional<Ask> known = guest.map(g -> ask(call, g, Map.of(), reader));
    try {
      return answer(call, guest, reader);
    } catch (Problem problem) {
      return screen.problem(problem, call, known, reader);
    } catch (Refused refused) {
      Refusal refusal = refused.refusal();
      return screen.problem(
          Problem.refused(refusal.reason(reader.language()), refusal.remedy(reader.language())),
          call,
          known,
          reader);
    } catch (Users.NotPossible refused) {
      return screen.problem(Problem.refused(refused.getMessage(), ""), call, known, reader);
    } catch (RuntimeException e) {
      String number = WebMount.newNumber();
      LOG.error("error {}: {} {} failed", number, call.method(), call.path(), e);
      return screen.broken(number, call, known, reader);
    }
  }

  @Override
  public Answer unreadable(Call call, int status) {
    Optional<Guest> guest = gate.guest(call);
    Reader reader = reader(call, guest);
    return screen.problem(
        Problem.unreadable(status),
        call,
        guest.map(known -> ask(call, known, Map.of(), reader)),
        reader);
  }

  private Answer answer(Call call, Optional<Guest> guest, Reader reader) {
    String method = call.method().equals("HEAD") ? "GET" : call.method();
    List<String> path = segments(call.path().substring(START.length()));
    boolean elsewhere = false;
    for (Pages.Route route : pages.routes()) {
      Optional<Map<String, String>> parts = route.match(path);
      if (parts.isPresent() && route.method().equals(method)) {
        return answer(call, guest, reader, route, parts.get());
      }
      elsewhere |= parts.isPresent();
    }
    if (guest.isEmpty()) {
      return toSignIn(call);
    }
    throw elsewhere ? Problem.otherMethod() : Problem.notFound();
  }

  private Answer answer(
      Call call,
      Optional<Guest> guest,
      Reader reader,
      Pages.Route route,
      Map<String, String> parts) {
    if (guest.isEmpty()) {
      return route.open() ? open(call, reader, route, parts) : toSignIn(call);
    }
    Guest known = guest.get();
    if (!call.reads()) {
      requireOurs(call, known, reader.language());
    }
    route
        .whyNot()
        .apply(known.person())
        .ifPresent(
            refusal -> {
              throw Problem.forbidden(
                  refusal.reason(reader.language()), refusal.remedy(reader.language()));
            });
    Ask ask = ask(call, known, parts, reader);
    Answer answer = sent(route.page().answer(ask), ask, known);
    call.query("connection")
        .ifPresent(
            name ->
                answer.cookie(
                    cookies.keep(
                        CONNECTION_COOKIE,
                        ask.connection().map(ConnectionId::value).orElse("all"),
                        Duration.ofDays(365))));
    return answer;
  }

  private Answer open(Call call, Reader reader, Pages.Route route, Map<String, String> parts) {
    Ask ask = new Ask(call, null, parts, Optional.empty(), reader, messages);
    Reply reply = route.page().answer(ask);
    if (reply instanceof Reply.View view) {
      return screen.bare(view.status(), view.template(), view.model(), call, reader);
    }
    if (reply instanceof Reply.Redirect redirect) {
      return Answer.seeOther(START + redirect.path());
    }
    throw new IllegalStateException("an open page gives a page or leads elsewhere, not " + reply);
  }

  private Answer sent(Reply reply, Ask ask, Guest guest) {
    if (reply instanceof Reply.View view) {
      return pastTheEnd(view, ask)
          .map(Answer::seeOther)
          .orElseGet(() -> screen.view(view, ask, flashOf(guest)));
    }
    if (reply instanceof Reply.Fragment fragment) {
      return screen.fragment(fragment, ask);
    }
    if (reply instanceof Reply.Redirect redirect) {
      if (redirect.flash() != null) {
        sessions.flash(guest.tokenHash(), text(redirect.flash()));
      }
      String there = START + redirect.path();
      return ask.htmx() ? Answer.of(200).header("HX-Redirect", there) : Answer.seeOther(there);
    }
    if (reply instanceof Reply.Download file) {
      return screen.download(file);
    }
    Reply.Json json = (Reply.Json) reply;
    return screen.json(json.status(), json.json());
  }

  /** The last page of a list that became shorter than the address says. */
  private static Optional<String> pastTheEnd(Reply.View view, Ask ask) {
    return view.model().get("listing") instanceof Listing listing && ask.call().reads()
        ? listing
            .lastPage()
            .map(
                page ->
                    Listing.address(
                        ask.path(), ask.call().query(), Map.of("page", Integer.toString(page))))
        : Optional.empty();
  }

  /** A deed that another site asked for, or that carries another session's word, is none. */
  private void requireOurs(Call call, Guest guest, Locale language) {
    if (!sameOrigin.allows(call, guest.session().csrf())) {
      throw Problem.forbidden(
          messages.text(language, "error.forged.reason"),
          messages.text(language, "error.forged.remedy"));
    }
  }

  private Answer toSignIn(Call call) {
    String back = call.reads() && !call.htmx() ? call.address() : "";
    String there =
        START
            + "/sign-in"
            + (back.isEmpty() || back.equals(START + "/")
                ? ""
                : "?to=" + URLEncoder.encode(back, StandardCharsets.UTF_8));
    return call.htmx() ? Answer.of(401).header("HX-Redirect", there) : Answer.seeOther(there);
  }

  private Ask ask(Call call, Guest guest, Map<String, String> parts, Reader reader) {
    return new Ask(
        call,
        guest.person(),
        parts,
        connection(call, Optional.of(guest.person())),
        reader,
        messages);
  }

  private Reader reader(Call call, Optional<Guest> guest) {
    Locale language =
        guest
            .map(g -> Messages.language(g.person().language()))
            .orElseGet(() -> Languages.of(call, cookies.name(Languages.COOKIE)));
    ZoneId zone =
        connection(call, guest.map(Guest::person))
            .or(() -> zones.keySet().stream().findFirst())
            .map(zones::get)
            .orElse(Formats.UTC);
    return new Reader(
        language,
        Formats.of(language, zone),
        clock.instant(),
        guest.map(g -> g.session().csrf()).orElse(""));
  }

  /** The chosen one of those that they see; of whoever sees some only, the first when none is. */
  private Optional<ConnectionId> connection(Call call, Optional<Person> person) {
    String wanted =
        call.query("connection")
            .or(() -> call.cookie(cookies.name(CONNECTION_COOKIE)))
            .orElse("all");
    List<ConnectionId> seen =
        zones.keySet().stream()
            .filter(id -> person.map(who -> Permissions.sees(who, id)).orElse(true))
            .toList();
    Optional<ConnectionId> chosen =
        seen.stream().filter(id -> id.value().equals(wanted)).findFirst();
    return person.filter(Permissions::limited).isPresent()
        ? chosen.or(() -> seen.stream().findFirst()).or(() -> Optional.of(NONE))
        : chosen;
  }

  private Flash flashOf(Guest guest) {
    String kept = guest.session().flash();
    if (kept == null) {
      return null;
    }
    sessions.flash(guest.tokenHash(), null);
    JsonNode json = Json.read(kept);
    List<String> words = new ArrayList<>();
    json.path("words").forEach(word -> words.add(word.asText()));
    return new Flash(json.path("good").asBoolean(), json.path("key").asText(), words);
  }

  private static String text(Flash flash) {
    try {
      return Json.mapper().writeValueAsString(flash);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> segments(String path) {
    try {
      return Pages.segments(path);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }
}
