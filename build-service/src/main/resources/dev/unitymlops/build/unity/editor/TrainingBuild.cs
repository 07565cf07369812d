using System;
using System.IO;
using System.Linq;
using UnityEditor;
using UnityEditor.Build;
using UnityEditor.Build.Reporting;
using UnityEngine;

namespace UnityMlops.Editor
{
    /// <summary>
    /// Called by build-service with -executeMethod: puts the agent where the job wants it and builds a player that can be
    /// trained against. Ends the editor with 1 and a line "[unity-mlops] error: ..." for each reason when it cannot.
    /// </summary>
    public static class TrainingBuild
    {
        public static void PerformBuild()
        {
            try
            {
                Build(Environment.GetCommandLineArgs());
            }
            catch (BuildProblem problem)
            {
                foreach (var line in problem.Message.Split('\n'))
                {
                    Debug.LogError("[unity-mlops] error: " + line);
                }
                EditorApplication.Exit(1);
            }
            catch (Exception unexpected)
            {
                Debug.LogException(unexpected);
                EditorApplication.Exit(1);
            }
        }

        static void Build(string[] arguments)
        {
            var specFile = Argument(arguments, "-mlopsBuildSpec");
            var spec = JsonUtility.FromJson<BuildSpec>(File.ReadAllText(specFile));
            var target = Target(Argument(arguments, "-buildTarget"));
            PlayerSettings.SetScriptingBackend(NamedBuildTarget.Standalone, ScriptingImplementation.Mono2x);
            PlayerSettings.runInBackground = true;
            var scenes = new AgentPlacement(spec).Place();
            var report = BuildPipeline.BuildPlayer(new BuildPlayerOptions
            {
                scenes = scenes,
                locationPathName = Argument(arguments, "-buildOutput"),
                target = target,
                targetGroup = BuildTargetGroup.Standalone,
                options = BuildOptions.None
            });
            File.WriteAllText(
                Path.Combine(Path.GetDirectoryName(specFile), "build-report.json"),
                JsonUtility.ToJson(BuildRecord.Of(report, scenes), true));
            if (report.summary.result != BuildResult.Succeeded)
            {
                throw new BuildProblem(Failure(report));
            }
        }

        static string Argument(string[] arguments, string name)
        {
            var at = Array.IndexOf(arguments, name);
            if (at < 0 || at + 1 >= arguments.Length)
            {
                throw new BuildProblem("The command line lacks " + name + ".");
            }
            return arguments[at + 1];
        }

        static BuildTarget Target(string name)
        {
            switch (name)
            {
                case "Linux64":
                case "StandaloneLinux64":
                    return BuildTarget.StandaloneLinux64;
                case "Win64":
                case "StandaloneWindows64":
                    return BuildTarget.StandaloneWindows64;
                case "OSXUniversal":
                case "StandaloneOSX":
                    return BuildTarget.StandaloneOSX;
                default:
                    throw new BuildProblem(
                        "Build target '" + name + "' cannot be trained against; use Linux64, Win64 or OSXUniversal.");
            }
        }

        static string Failure(BuildReport report)
        {
            var errors = report.steps
                .SelectMany(step => step.messages)
                .Where(message => message.type == LogType.Error || message.type == LogType.Exception)
                .Select(message => message.content)
                .ToArray();
            return "Unity's player build ended as " + report.summary.result + "."
                + string.Concat(errors.Select(error => "\n" + error).ToArray());
        }
    }

    /// <summary>What was built, beside the spec file as build-report.json.</summary>
    [Serializable]
    sealed class BuildRecord
    {
        public string result;
        public string unity_version;
        public string target;
        public string[] scenes;
        public long size_bytes;
        public double seconds;
        public int errors;
        public int warnings;

        public static BuildRecord Of(BuildReport report, string[] scenes)
        {
            return new BuildRecord
            {
                result = report.summary.result.ToString(),
                unity_version = Application.unityVersion,
                target = report.summary.platform.ToString(),
                scenes = scenes,
                size_bytes = (long)report.summary.totalSize,
                seconds = report.summary.totalTime.TotalSeconds,
                errors = report.summary.totalErrors,
                warnings = report.summary.totalWarnings
            };
        }
    }
}
