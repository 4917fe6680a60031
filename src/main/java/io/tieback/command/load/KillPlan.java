package io.tieback.command.load;

import io.tieback.command.load.KillTarget.Points;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Where the connector dies, fixed by a seed: for each life the class of request, which one of it,
 * and the point in it; and what the stand-ins do wrong meanwhile. Every other kill strikes a write
 * of bills, and more than that, so that at least half of the kills find documents under way.
 */
final class KillPlan {

  /**
   * How long a late commit takes at most. The settle time of {@link ProveConfiguration} lies well
   * above it.
   */
  static final int LATEST_COMMIT_MILLIS = 2_200;

  private static final int EARLIEST_COMMIT_MILLIS = 300;
  private static final int WITHOUT_PAYMENTS = 4;
  private static final List<Integer> BATCH_SIZES = List.of(1, 2, 5, 50);

  /** What kills strike beside writes of bills; more often what is listed more often. */
  private static final List<KillTarget> OTHERS =
      List.of(
          KillTarget.READ_REQUEST,
          KillTarget.READ_REQUEST,
          KillTarget.READ_REQUISITION,
          KillTarget.READ_REQUISITION,
          KillTarget.WRITE_ORIGINS,
          KillTarget.WRITE_ORIGINS,
          KillTarget.WRITE_ORIGINS,
          KillTarget.CLOSE_DETAILS,
          KillTarget.CLOSE_DETAILS,
          KillTarget.CLOSE_DETAILS,
          KillTarget.CREATE_PAYMENT,
          KillTarget.CREATE_PAYMENT,
          KillTarget.CREATE_PAYMENT,
          KillTarget.CREATE_PAYMENT,
          KillTarget.AMEND_PAYMENT,
          KillTarget.UNLOCK_PAYMENT,
          KillTarget.UNLOCK_PAYMENT,
          KillTarget.READ_BILLS,
          KillTarget.READ_PAYMENTS,
          KillTarget.TOKEN);

  /** What the stand-ins do to one answer of a life, beside the kill. */
  enum Trouble {
    /** The line drops and nothing is processed. */
    DROP_BEFORE,
    /** Processed, then the line drops. */
    DROP_AFTER,
    /** The line drops, and the request is processed later. */
    LATE_COMMIT,
    /** 429, nothing is processed: documents rest in planned. Only writes of bills. */
    THROTTLE
  }

  /**
   * Trouble with one request.
   *
   * @param target which class; the first such request of the life
   * @param delayMillis for a late commit, how late
   */
  record Mischief(KillTarget target, Trouble trouble, int delayMillis) {}

  /**
   * One kill.
   *
   * @param number 1 for the first
   * @param target class of request
   * @param ordinal which one since the fault was armed, 1 for the first
   * @param point the point in it
   * @param holdMillis with {@code beforeCommit}: how long after the kill the stand-in commits
   * @param mischief trouble before it, or null
   * @param documentsPerCall how many bills the connector may write in one call during this life
   * @param sameKeyAgain whether it may rely on the accounting system's idempotency keys, where it
   *     has such during this life
   */
  record Kill(
      int number,
      KillTarget target,
      int ordinal,
      String point,
      int holdMillis,
      Mischief mischief,
      int documentsPerCall,
      boolean sameKeyAgain) {}

  private final List<Kill> kills;

  /**
   * @param count how many kills
   * @param seed the same seed gives the same plan
   */
  KillPlan(int count, long seed) {
    Random random = new Random(seed);
    List<Kill> planned = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      planned.add(kill(number, random));
    }
    kills = List.copyOf(planned);
  }

  private static Kill kill(int number, Random random) {
    // Three of each five, and never behind half.
    boolean bills = number % 5 == 1 || number % 5 == 3 || number % 5 == 0;
    KillTarget target = bills ? KillTarget.WRITE_BILLS : other(number, random);
    String point = target.points().get(random.nextInt(target.points().size()));
    int hold = point.equals(Points.BEFORE_COMMIT) ? random.nextInt(LATEST_COMMIT_MILLIS) : 0;
    boolean second =
        random.nextInt(10) < 3
            && (bills || target == KillTarget.READ_REQUISITION || target.amends());
    int documents = BATCH_SIZES.get(random.nextInt(BATCH_SIZES.size()));
    Mischief mischief = mischief(random);
    // The first request of the class belongs to the trouble; the kill strikes the one after it.
    boolean afterTrouble = mischief != null && mischief.target() == target;
    return new Kill(
        number,
        target,
        second || afterTrouble ? 2 : 1,
        point,
        hold,
        mischief,
        second && bills ? 1 : documents,
        random.nextBoolean());
  }

  /** The first lives have no payment in Procore yet that could be amended. */
  private static KillTarget other(int number, Random random) {
    KillTarget drawn = OTHERS.get(random.nextInt(OTHERS.size()));
    return drawn.amends() && number <= WITHOUT_PAYMENTS ? KillTarget.WRITE_ORIGINS : drawn;
  }

  private static Mischief mischief(Random random) {
    boolean wanted = random.nextInt(100) < 40;
    int which = random.nextInt(10);
    KillTarget target =
        switch (which) {
          case 6 -> KillTarget.WRITE_ORIGINS;
          case 7 -> KillTarget.CLOSE_DETAILS;
          case 8 -> KillTarget.CREATE_PAYMENT;
          case 9 -> KillTarget.UNLOCK_PAYMENT;
          default -> KillTarget.WRITE_BILLS;
        };
    int kinds =
        target == KillTarget.WRITE_BILLS ? Trouble.values().length : Trouble.THROTTLE.ordinal();
    Trouble trouble = Trouble.values()[random.nextInt(kinds)];
    int delay =
        EARLIEST_COMMIT_MILLIS + random.nextInt(LATEST_COMMIT_MILLIS - EARLIEST_COMMIT_MILLIS);
    return wanted ? new Mischief(target, trouble, delay) : null;
  }

  /** The kills in their order. */
  List<Kill> kills() {
    return kills;
  }
}
