package io.tieback.rules;

import java.util.List;

/**
 * What the checks of a project have to know.
 *
 * @param erpName the ERP's name for people
 * @param name its name in Procore, tidied
 * @param longestName most characters of it in the ERP
 * @param active whether it is active in Procore
 * @param ownList whether it uses the ERP's standard cost code list; true where Procore does not
 *     tell
 * @param typedCodes how many of its cost codes have cost types
 * @param untyped codes that should have a cost type and have none
 * @param deepCodes codes of more than two tiers
 * @param ofSubJobs codes that belong to sub jobs
 * @param place what holds the projects in the ERP, as people know it
 * @param placeProblem why none can be kept there, or null
 * @param placeRemedy what to do about that
 * @param held active projects there
 * @param most most active projects there
 * @param linkedTo the ERP's key that it is linked to, or null
 * @param here what the ERP has of it
 * @param linksExisting whether one of the same name that is not linked is linked
 * @param makes whether one that the ERP does not have can be made there
 * @param pending codes that are still under way
 * @param failed codes that did not go
 * @param there codes that are in the ERP
 */
public record ProjectContext(
    String erpName,
    String name,
    int longestName,
    boolean active,
    boolean ownList,
    int typedCodes,
    List<String> untyped,
    List<String> deepCodes,
    List<String> ofSubJobs,
    String place,
    String placeProblem,
    String placeRemedy,
    long held,
    int most,
    String linkedTo,
    Here here,
    boolean linksExisting,
    boolean makes,
    List<String> pending,
    List<String> failed,
    int there) {

  /** What the ERP has of a project. */
  public enum Here {
    /** Nothing of its key or its name. */
    NOTHING,
    /** One that is active, and free or linked to it. */
    ACTIVE,
    /** Several active ones of its name. */
    SEVERAL,
    /** One that is archived. */
    ARCHIVED,
    /** One of its name that is linked to another project. */
    ANOTHERS
  }
}
