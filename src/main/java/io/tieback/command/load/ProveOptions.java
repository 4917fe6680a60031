package io.tieback.command.load;

import java.nio.file.Path;

/**
 * What {@code prove} is asked for.
 *
 * @param erp accounting system
 * @param kills how often the connector is killed, at least 1
 * @param seed fixes every kill and all work
 * @param invoices how many invoices go out; at least two for each kill, so that each life has
 *     something to write
 * @param payments how many payments the bookkeeper makes; deletions and changes come on top
 * @param folder work folder; each run makes a folder of its own in it
 * @param programs where the programs of the embedded database are unpacked, once for all runs
 * @param patienceSeconds how long the connector gets after the last kill to finish everything
 */
public record ProveOptions(
    LoadErp erp,
    int kills,
    long seed,
    int invoices,
    int payments,
    Path folder,
    Path programs,
    int patienceSeconds) {

  /**
   * @throws IllegalArgumentException naming the option, its limit and what to do
   */
  public ProveOptions {
    if (kills < 1) {
      throw new IllegalArgumentException("--kills must be at least 1, not " + kills);
    }
    if (invoices < 2 * kills) {
      throw new IllegalArgumentException(
          "--invoices must be at least twice --kills ("
              + 2 * kills
              + "), not "
              + invoices
              + ": each life of the connector needs something to write");
    }
    if (payments < 0) {
      throw new IllegalArgumentException("--payments must not be negative, not " + payments);
    }
  }
}
