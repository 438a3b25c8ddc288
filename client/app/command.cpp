#include "client/app/command.hpp"

namespace lianxin::client::app {

template <class T>
requires(!std::is_same_v<T, Command>) Command::Command(T wish)
    : any_(std::make_unique<AnyCommand>(std::move(wish))) {}

Command::Command(const Command& other) : any_(std::make_unique<AnyCommand>(*other.any_)) {}
Command::Command(Command&& other) noexcept = default;
Command& Command::operator=(Command other) noexcept {
  any_ = std::move(other.any_);
  return *this;
}
Command::~Command() = default;

template Command::Command(Enrol);
template Command::Command(Unlock);
template Command::Command(Lock);
template Command::Command(ChangePassphrase);
template Command::Command(OpenPage);
template Command::Command(MoreRows);
template Command::Command(Search);
template Command::Command(OpenMember);
template Command::Command(RevealNumbers);
template Command::Command(OpenVisitForm);
template Command::Command(OpenVisit);
template Command::Command(OpenDeliveryForm);
template Command::Command(OpenDelivery);
template Command::Command(OpenDraft);
template Command::Command(CloseForm);
template Command::Command(StashDraft);
template Command::Command(DropDraft);
template Command::Command(SaveVisit);
template Command::Command(SaveDelivery);
template Command::Command(SaveMember);
template Command::Command(ConfirmUnchanged);
template Command::Command(SayUnchanged);
template Command::Command(SayWhereabouts);
template Command::Command(SayCall);
template Command::Command(AddPhoto);
template Command::Command(OpenPhoto);
template Command::Command(Undo);
template Command::Command(ResolveConflict);
template Command::Command(PostponeConflict);
template Command::Command(DismissTold);
template Command::Command(ObjectTold);
template Command::Command(DismissDecided);
template Command::Command(SayTwins);
template Command::Command(OpenKind);
template Command::Command(OpenRecord);
template Command::Command(SaveRecord);
template Command::Command(VoidRecord);
template Command::Command(FindMembers);
template Command::Command(AskFigures);
template Command::Command(AskForms);
template Command::Command(SaveForm);
template Command::Command(CheckForm);
template Command::Command(ReprintForm);
template Command::Command(SavePaper);
template Command::Command(CompareForm);
template Command::Command(StartSync);
template Command::Command(CancelSync);
template Command::Command(PrintReceipt);
template Command::Command(ExportBundle);
template Command::Command(ImportBundle);
template Command::Command(BrowseFolder);
template Command::Command(PreviewImport);
template Command::Command(AcceptWithoutNumber);
template Command::Command(MapColumn);
template Command::Command(ChooseImportVillage);
template Command::Command(ReadHiddenSheets);
template Command::Command(SaveRejectedRows);
template Command::Command(ApplyImport);
template Command::Command(CancelImport);
template Command::Command(UndoImport);
template Command::Command(SetLanguage);
template Command::Command(SetTextSize);
template Command::Command(SetContrast);
template Command::Command(SetIdleLock);
template Command::Command(SetSecondCopy);

}  // namespace lianxin::client::app
