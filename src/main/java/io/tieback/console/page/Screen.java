package io.tieback.console.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.console.door.Tokens;
import io.tieback.console.view.Messages;
import io.tieback.console.view.Reader;
import io.tieback.console.view.Templates;
import io.tieback.console.web.Answer;
import io.tieback.console.web.Call;
import io.tieback.console.web.Problem;
import io.tieback.construction.ConnectionId;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Turns replies into answers. Every template gets {@code site}: who is signed in, the navigation,
 * the connections to choose from, and what is to be said first.
 */
final class Screen {

  private static final String HTML = "text/html";

  private final Templates templates;
  private final Messages messages;
  private final Pages pages;
  private final List<ConnectionId> connections;

  Screen(Templates templates, Messages messages, Pages pages, List<ConnectionId> connections) {
    this.templates = templates;
    this.messages = messages;
    this.pages = pages;
    this.connections = List.copyOf(connections);
  }

  /** A line of the navigation as it is drawn. */
  record NavigationLine(String label, String path, boolean current, Long count, boolean first) {

    /** Of its count, which parts of pages that poll bring up to date along with themselves. */
    public String id() {
      return "count" + path.substring("/console".length()).replace('/', '-');
    }
  }

  /** A connection to choose. */
  record Choice(String name, boolean current) {}

  /** The page of a reply for somebody who is signed in. */
  Answer view(Reply.View view, Ask ask, Flash flash) {
    return html(view.status(), view.template(), view.model(), site(ask, flash), ask.reader());
  }

  /** A page for nobody in particular. */
  Answer bare(int status, String template, Map<String, Object> model, Call call, Reader reader) {
    return html(status, template, model, bareSite(call, reader), reader);
  }

  /** A part of a page; nothing when the browser has it already. */
  Answer fragment(Reply.Fragment fragment, Ask ask) {
    Map<String, Object> model = new LinkedHashMap<>(fragment.model());
    model.put("site", site(ask, null));
    String html = templates.html(fragment.template(), model, ask.reader());
    if (ask.call().asksByItself()) {
      html += templates.html("fragments/counts", model, ask.reader());
    }
    String hash = Tokens.hash(html);
    return ask.call().header("X-Known").filter(hash::equals).isPresent()
        ? Answer.of(204)
        : Answer.of(200, HTML, html).header("X-Hash", hash);
  }

  /** JSON. */
  Answer json(int status, JsonNode json) {
    return Answer.of(status, "application/json", Json.write(json));
  }

  /** A file to keep. */
  Answer download(Reply.Download file) {
    return Answer.of(200, file.contentType(), file.bytes())
        .header(
            "Content-Disposition",
            "attachment; filename=\"" + file.name().replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
  }

  /** The page of a problem, or its lines when a part of a page was asked for. */
  Answer problem(Problem problem, Call call, Optional<Ask> ask, Reader reader) {
    Locale language = reader.language();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("status", problem.status());
    model.put("field", label(language, problem.field()));
    // An address that cannot be read may be good without its parameters.
    model.put("plain", problem.status() == 400 && call.reads() ? call.path() : "");
    model.put("reason", messages.said(language, problem.reason()));
    model.put("remedy", messages.said(language, problem.remedy()));
    return failed(problem.status(), model, call, ask, reader);
  }

  /** A field as people know it; blank for what no form shows. */
  private String label(Locale language, String field) {
    String key = "error.field." + field;
    return messages.has(key) ? messages.text(language, key) : "";
  }

  /** The page of a failure of ours: a number that stands in the log, and nothing else. */
  Answer broken(String number, Call call, Optional<Ask> ask, Reader reader) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("status", 500);
    model.put("field", "");
    model.put("plain", "");
    model.put("reason", messages.text(reader.language(), "error.500.reason"));
    model.put("remedy", messages.text(reader.language(), "error.500.remedy", number));
    return failed(500, model, call, ask, reader);
  }

  private Answer failed(
      int status, Map<String, Object> model, Call call, Optional<Ask> ask, Reader reader) {
    if (call.htmx()) {
      return Answer.of(status, HTML, templates.html("fragments/problem", model, reader));
    }
    return ask.map(known -> html(status, "error", model, site(known, null), reader))
        .orElseGet(() -> html(status, "error", model, bareSite(call, reader), reader));
  }

  private Answer html(
      int status,
      String template,
      Map<String, Object> model,
      Map<String, Object> site,
      Reader reader) {
    Map<String, Object> whole = new LinkedHashMap<>(model);
    whole.put("site", site);
    return Answer.of(status, HTML, templates.html(template, whole, reader))
        .header("Content-Language", reader.language().getLanguage())
        .header("Vary", "Cookie, Accept-Language");
  }

  private Map<String, Object> site(Ask ask, Flash flash) {
    Map<String, Object> site = bareSite(ask.call(), ask.reader());
    Person person = ask.person();
    site.put("person", person);
    site.put("navigation", navigation(ask, person));
    List<ConnectionId> seen =
        connections.stream().filter(one -> Permissions.sees(person, one)).toList();
    site.put("allConnections", !Permissions.limited(person));
    site.put(
        "connections",
        seen.size() < 2
            ? List.of()
            : seen.stream()
                .map(
                    one ->
                        new Choice(one.value(), ask.connection().filter(one::equals).isPresent()))
                .toList());
    site.put("connection", ask.connection().map(ConnectionId::value).orElse(""));
    if (flash != null) {
      site.put(
          "flash",
          Map.of(
              "good",
              flash.good(),
              "text",
              messages.has(flash.key())
                  ? messages.text(ask.language(), flash.key(), flash.words().toArray())
                  : flash.key()));
    }
    return site;
  }

  private Map<String, Object> bareSite(Call call, Reader reader) {
    Map<String, Object> site = new LinkedHashMap<>();
    site.put("person", null);
    site.put("navigation", List.of());
    site.put("connections", List.of());
    site.put("allConnections", true);
    site.put("connection", "");
    site.put("flash", null);
    site.put("path", call.path());
    site.put("language", reader.language().getLanguage());
    return site;
  }

  private List<NavigationLine> navigation(Ask ask, Person person) {
    List<NavigationLine> lines = new ArrayList<>();
    Pages.Section section = null;
    for (Pages.NavigationEntry entry : pages.navigation()) {
      if (entry.whyNot().apply(person).isEmpty()) {
        String path = "/console" + entry.path();
        boolean current =
            ask.path().equals(path)
                || (!entry.path().equals("/") && ask.path().startsWith(path + "/"));
        lines.add(
            new NavigationLine(
                ask.text(entry.key()),
                path,
                current,
                entry.count() == null ? null : entry.count().apply(ask),
                section != null && section != entry.section()));
        section = entry.section();
      }
    }
    return lines;
  }
}
