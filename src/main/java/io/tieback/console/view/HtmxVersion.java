package io.tieback.console.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which htmx is among the libraries: its version is part of the path in its jar. */
final class HtmxVersion {

  private HtmxVersion() {}

  static String read() {
    String name = "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties";
    try (InputStream in = HtmxVersion.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("htmx is not among the libraries: " + name + " is missing");
      }
      Properties read = new Properties();
      read.load(in);
      return read.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
