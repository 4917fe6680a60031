package io.tieback.sandbox.xero;

import java.time.Instant;

/** A record with an id and a time of last change. */
abstract class Stored {
  final String id;
  private Instant updated = Instant.EPOCH;

  Stored(String id) {
    this.id = id;
  }

  final Instant updated() {
    return updated;
  }

  final void updated(Instant at) {
    updated = at;
  }
}
