/**
 * Runs sweeps on a Kubernetes cluster: observes resources, asks {@link
 * dev.isoflop.operator.sweep.decide.SweepDecider}, and acts. Nothing is decided here.
 *
 * <p>A sweep owns its Trials, a Trial owns its Jobs, one per attempt. The names of all of them
 * follow from the sweep's spec, so that creating one twice is refused by the API server, and every
 * status is written against the version it was derived from. An operator may therefore be killed,
 * doubled or fed with stale caches at any moment.
 */
@NullMarked
package dev.isoflop.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
