// The hub's private database runs on Linux and macOS only, and so do these tests.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
