package dev.isoflop.operator.meters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;

/** A sweep in the state of one moment, with its trials. */
final class MeteredSweep {
  private static final YAMLMapper YAML = new YAMLMapper();

  private MeteredSweep() {}

  static ScalingSweep sweep(String name, String status) throws JsonProcessingException {
    ScalingSweep sweep = new ScalingSweep();
    sweep.getMetadata().setNamespace("research");
    sweep.getMetadata().setName(name);
    sweep.setStatus(YAML.readValue(status, ScalingSweepStatus.class));
    return sweep;
  }

  /** A trial that ended with a loss on the set fitted and another one on a further set. */
  static Trial trial(String name, String outcome, String completion, long parameters, double loss)
      throws JsonProcessingException {
    return trial(name, outcome, completion, parameters, loss, "");
  }

  /** The same, with another field of its result. */
  static Trial trial(
      String name, String outcome, String completion, long parameters, double loss, String more)
      throws JsonProcessingException {
    return YAML.readValue(
        """
        metadata: {namespace: research, name: %s}
        spec:
          sweep: small
          key: 0123456789abcdef
          experiment:
            budgetFlops: 1e17
            data:
              evaluation: [{name: laion}, {name: coco}]
        status:
          completionTime: %s
          result:
            trial: %s
            outcome: {type: %s}
            parameters: %d
            metrics:
            - {metric: ValidationLoss, dataset: coco, value: 9.0, samples: 1}
            - {metric: ValidationLoss, dataset: laion, value: %s, samples: 1}
            %s
        """
            .formatted(name, completion, name, outcome, parameters, loss, more),
        Trial.class);
  }
}
