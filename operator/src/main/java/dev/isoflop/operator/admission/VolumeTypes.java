package dev.isoflop.operator.admission;

import java.util.Set;

/** Types of a pod's volumes by what the restricted Pod Security Standard says of them. */
final class VolumeTypes {
  /** Those of the standard. */
  static final Set<String> RESTRICTED =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");

  /** Those beyond it that an installation may allow. */
  static final Set<String> BEYOND =
      Set.of(
          "awsElasticBlockStore",
          "azureDisk",
          "azureFile",
          "cephfs",
          "cinder",
          "fc",
          "flexVolume",
          "gcePersistentDisk",
          "glusterfs",
          "hostPath",
          "iscsi",
          "nfs",
          "portworxVolume",
          "quobyte",
          "rbd",
          "scaleIO",
          "storageos",
          "vsphereVolume");

  private VolumeTypes() {}
}
