package io.tieback.wire;

/** Is told of every call that leaves, so that calls per record can be stated. */
@FunctionalInterface
public interface CallCounter {

  /** Counts nothing. */
  CallCounter NONE = operation -> {};

  /**
   * One call is about to leave.
   *
   * @param operation its name, such as {@code procore.show-requisition}
   */
  void called(String operation);
}
