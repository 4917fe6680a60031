package io.tieback.erp;

import io.tieback.wire.TokenVault;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Tokens in memory: one holder at a time, and a renewal that throws changes nothing. */
public final class MemoryVault implements TokenVault {

  private final AtomicInteger reads = new AtomicInteger();
  private volatile Tokens stored;
  private int renewals;

  /** Never waits for a renewal, as a row in a database would not. */
  @Override
  public Optional<Tokens> read() {
    Tokens now = stored;
    reads.incrementAndGet();
    return Optional.ofNullable(now);
  }

  /** How often the tokens were read. */
  public int reads() {
    return reads.get();
  }

  @Override
  public synchronized Tokens renew(Function<Optional<Tokens>, Tokens> renewal) {
    stored = renewal.apply(Optional.ofNullable(stored));
    renewals++;
    return stored;
  }

  /** Puts tokens there as an earlier sign-in would have. */
  public synchronized MemoryVault with(Tokens tokens) {
    stored = tokens;
    return this;
  }

  /** How often something was stored. */
  public synchronized int renewals() {
    return renewals;
  }
}
