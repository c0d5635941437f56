/**
 * Latents as one npy file for each picture, in a folder or a zip file, with a list of them: {@code
 * dataset.json} as EDM2 and REPA write it, or {@code partition/data_info.json} as PixArt does.
 */
@NullMarked
package dev.isoflop.worker.data.npy;

import org.jspecify.annotations.NullMarked;
