/** The build's checks of the contract, and what is generated from it. */
package dev.unitymlops.schemas;
