/**
 * Arrays of numbers as files hold them: NumPy's npy and npz, and the encodings of MosaicML
 * Streaming.
 *
 * <p>Every length is checked against the bytes that are really there before memory is taken for it,
 * and nothing is ever unpickled: an npy file of Python objects is refused.
 */
@NullMarked
package dev.isoflop.worker.data.array;

import org.jspecify.annotations.NullMarked;
