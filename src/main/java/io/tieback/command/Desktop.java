package io.tieback.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;

/** The browser of whoever sits at this machine. */
final class Desktop {

  private Desktop() {}

  /** Opens an address in it; says so when there is none. */
  static void show(URI address, PrintWriter out) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String program = system.contains("mac") ? "open" : "xdg-open";
    try {
      new ProcessBuilder(program, address.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      out.println("No browser could be opened here; go to " + address);
    }
  }
}
