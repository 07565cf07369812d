// Signatures of the parts of the Unity editor that the editor build method calls; see UnityEngine.cs.
using System;
using UnityEngine;
using UnityEngine.SceneManagement;

namespace UnityEditor
{
    public enum BuildTarget { StandaloneOSX = 2, StandaloneWindows64 = 19, StandaloneLinux64 = 24 }
    public enum BuildTargetGroup { Unknown = 0, Standalone = 1 }
    public enum ScriptingImplementation { Mono2x = 0, IL2CPP = 1 }

    [Flags]
    public enum BuildOptions { None = 0 }

    public struct BuildPlayerOptions
    {
        public string[] scenes { get; set; }
        public string locationPathName { get; set; }
        public BuildTargetGroup targetGroup { get; set; }
        public BuildTarget target { get; set; }
        public BuildOptions options { get; set; }
    }

    public static class BuildPipeline
    {
        public static Build.Reporting.BuildReport BuildPlayer(BuildPlayerOptions options) { return null; }
    }

    public static class PlayerSettings
    {
        public static bool runInBackground { get; set; }
        public static void SetScriptingBackend(Build.NamedBuildTarget target, ScriptingImplementation backend) { }
    }

    public static class EditorApplication
    {
        public static void Exit(int returnValue) { }
    }

    public class EditorBuildSettingsScene
    {
        public bool enabled { get; set; }
        public string path { get; set; }
    }

    public static class EditorBuildSettings
    {
        public static EditorBuildSettingsScene[] scenes { get; set; }
    }

    public class SceneAsset : UnityEngine.Object { }

    public class MonoScript : UnityEngine.Object
    {
        public Type GetClass() { return null; }
    }

    public static class AssetDatabase
    {
        public static T LoadAssetAtPath<T>(string assetPath) where T : UnityEngine.Object { return null; }
        public static UnityEngine.Object LoadMainAssetAtPath(string assetPath) { return null; }
    }

    public class SerializedProperty
    {
        public UnityEngine.Object objectReferenceValue { get; set; }
        public string stringValue { get; set; }
    }

    public class SerializedObject
    {
        public SerializedObject(UnityEngine.Object obj) { }
        public SerializedProperty FindProperty(string propertyPath) { return null; }
        public bool ApplyModifiedPropertiesWithoutUndo() { return true; }
    }

    public static class PrefabUtility
    {
        public static GameObject LoadPrefabContents(string assetPath) { return null; }
        public static GameObject SaveAsPrefabAsset(GameObject instanceRoot, string assetPath) { return null; }
        public static void UnloadPrefabContents(GameObject contentsRoot) { }
    }
}

namespace UnityEditorInternal
{
    public static class InternalEditorUtility
    {
        public static string[] tags { get { return null; } }
        public static void AddTag(string tag) { }
    }
}

namespace UnityEditor.Build
{
    public struct NamedBuildTarget
    {
        public static readonly NamedBuildTarget Standalone;
    }
}

namespace UnityEditor.Build.Reporting
{
    public enum BuildResult { Unknown, Succeeded, Failed, Cancelled }

    public class BuildReport : UnityEngine.Object
    {
        public BuildSummary summary { get; }
        public BuildStep[] steps { get; }
    }

    public struct BuildSummary
    {
        public BuildResult result { get; }
        public BuildTarget platform { get; }
        public ulong totalSize { get; }
        public TimeSpan totalTime { get; }
        public int totalErrors { get; }
        public int totalWarnings { get; }
    }

    public struct BuildStep
    {
        public BuildStepMessage[] messages { get; }
    }

    public struct BuildStepMessage
    {
        public LogType type { get; }
        public string content { get; }
    }
}

namespace UnityEditor.SceneManagement
{
    public enum NewSceneSetup { EmptyScene, DefaultGameObjects }
    public enum NewSceneMode { Single, Additive }
    public enum OpenSceneMode { Single, Additive, AdditiveWithoutLoading }

    public sealed class EditorSceneManager
    {
        public static Scene NewScene(NewSceneSetup setup, NewSceneMode mode) { return new Scene(); }
        public static Scene OpenScene(string scenePath, OpenSceneMode mode) { return new Scene(); }
        public static bool SaveScene(Scene scene) { return true; }
        public static bool SaveScene(Scene scene, string destinationPath) { return true; }
    }
}
