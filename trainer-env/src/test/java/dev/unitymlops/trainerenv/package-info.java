/** Tests of the trainer's environment: with programs made for the purpose, and with the genuine trainer where it is installed. */
package dev.unitymlops.trainerenv;
