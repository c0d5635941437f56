package dev.isoflop.operator.kubernetes.access;

/**
 * Why an operator cannot work in a cluster.
 *
 * @param message one line: the server or file tried, the cause, the way out
 */
public record ClusterFault(Kind kind, String message) {

  /** Who can mend it. */
  public enum Kind {
    /** The kubeconfig or what it holds cannot be used; another one is needed. */
    Configuration,

    /** The cluster lacks CRDs or refuses rights; its administrator can mend that. */
    Lacking,

    /** The cluster does not answer; it may later. */
    Away
  }

  static ClusterFault configuration(String message) {
    return new ClusterFault(Kind.Configuration, message);
  }

  static ClusterFault lacking(String message) {
    return new ClusterFault(Kind.Lacking, message);
  }

  static ClusterFault away(String message) {
    return new ClusterFault(Kind.Away, message);
  }
}
