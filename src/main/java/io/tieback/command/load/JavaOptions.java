package io.tieback.command.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of the processes that {@code prove} and {@code bench} start: those that the {@code
 * tieback} script gave this one, so that what is measured is what runs.
 */
final class JavaOptions {

  /** What the script gives when nobody says otherwise (docs/decisions/0011). */
  static final String DEFAULT = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto";

  private JavaOptions() {}

  /** The script's options, and more. */
  static List<String> with(List<String> more) {
    String given = System.getenv("TIEBACK_JAVA_OPTIONS");
    List<String> all =
        new ArrayList<>(
            List.of((given == null || given.isBlank() ? DEFAULT : given).strip().split("\\s+")));
    all.addAll(more);
    return all;
  }
}
