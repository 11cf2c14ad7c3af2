using Dsm.Exchange.Registry.Proposals;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>A letter in plain text.</summary>
/// <param name="Subject">Subject.</param>
/// <param name="Text">Text.</param>
public sealed record ChangeLetter(string Subject, string Text);

/// <summary>Words a letter in the language of a subscription. Given by the host, which has the texts.</summary>
/// <param name="subscription">To whom.</param>
/// <param name="changes">What changed; null for the question whether the address wants to be told.</param>
/// <param name="link">Without changes the address that confirms; with changes the one that ends the subscription.</param>
public delegate ChangeLetter ComposeLetter(ChangeSubscription subscription, StructureChangeSet? changes, string link);

/// <summary>Words a letter about a proposal in the language of a subscription. Given by the host, which has the texts.</summary>
/// <param name="subscription">To whom.</param>
/// <param name="news">What is new.</param>
/// <param name="link">Address that ends the subscription.</param>
public delegate ChangeLetter ComposeProposalLetter(ChangeSubscription subscription, ProposalNews news, string link);
