package io.tieback.console.view;

import io.tieback.console.web.Answer;
import io.tieback.console.web.Area;
import io.tieback.console.web.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Styles, scripts and pictures. The hash of the content is part of the address, so that a browser
 * keeps a file for good and gets a changed one at once. A new file only has to be put into the
 * resources' folder {@code io/tieback/console/static}.
 */
public final class StaticFiles implements Area {

  private static final String START = "/console/static/";
  private static final String FOLDER = "/io/tieback/console/static/";
  private static final String HTMX = "htmx.min.js";
  private static final Pattern ADDRESS =
      Pattern.compile("/console/static/([0-9a-f]{16})/([a-z0-9][a-z0-9.-]{0,60})");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2");

  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();
  private final String htmxVersion;

  private record StaticFile(String hash, byte[] bytes, String type) {}

  /** Knows where htmx is among the libraries. */
  public StaticFiles() {
    this.htmxVersion = HtmxVersion.read();
  }

  /** The address of a file. */
  public String address(String name) {
    return START + file(name).hash() + "/" + name;
  }

  @Override
  public boolean holds(String path) {
    return path.startsWith(START);
  }

  @Override
  public Answer answer(Call call) {
    Matcher address = ADDRESS.matcher(call.path());
    if (!call.reads() || !address.matches() || !exists(address.group(2))) {
      return Answer.of(404, "text/plain", "Not found.");
    }
    StaticFile file = file(address.group(2));
    return address.group(1).equals(file.hash())
        ? Answer.of(200, file.type(), file.bytes())
            .header("Cache-Control", "public, max-age=31536000, immutable")
        : Answer.of(404, "text/plain", "Not found.");
  }

  private boolean exists(String name) {
    return TYPES.containsKey(ending(name)) && StaticFiles.class.getResource(resource(name)) != null;
  }

  private StaticFile file(String name) {
    return files.computeIfAbsent(name, this::read);
  }

  private StaticFile read(String name) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource(name))) {
      if (in == null || !TYPES.containsKey(ending(name))) {
        throw new IllegalArgumentException("there is no static file '" + name + "'");
      }
      byte[] bytes = in.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new StaticFile(HexFormat.of().formatHex(hash, 0, 8), bytes, TYPES.get(ending(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String resource(String name) {
    return name.equals(HTMX)
        ? "/META-INF/resources/webjars/htmx.org/" + htmxVersion + "/dist/" + HTMX
        : FOLDER + name;
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
