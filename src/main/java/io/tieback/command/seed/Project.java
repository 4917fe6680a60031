package io.tieback.command.seed;

import java.util.HashMap;
import java.util.Map;

/** A seeded project and the ids of its cost codes. */
public final class Project {

  private final long id;
  private final String number;
  final Map<String, Long> codes = new HashMap<>();
  final Map<String, String> names = new HashMap<>();

  Project(long id, String number) {
    this.id = id;
    this.number = number;
  }

  /** Procore's id. */
  public long id() {
    return id;
  }

  /** Project number. */
  public String number() {
    return number;
  }
}
