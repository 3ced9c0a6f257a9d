"""What the pages of categories share: the trainers' parts, the regency's files, and how the service begins anew."""

from __future__ import annotations

from dataclasses import dataclass

from actions.regency.model import Regency
from bot.web.desk.context import Restart
from bot.web.desk.settings.files import RegencyFiles
from bot.web.trainer.categories.accepting import Decisions
from bot.web.trainer.categories.examples import ProposalExamples
from bot.web.trainer.categories.service import CategoryProposals
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.models.context import ModelsContext


@dataclass(slots=True)
class CategoriesContext:
    """The parts.

    Attributes:
        regency: as it is in force.
        files: the same that an admin changes at the desk.
        restart: has the service begin anew with them.
    """

    models: ModelsContext
    regency: Regency
    files: RegencyFiles
    restart: Restart

    @property
    def trainer(self) -> TrainerContext:
        """What all trainers' pages share."""
        return self.models.trainer

    @property
    def proposals(self) -> CategoryProposals:
        """The handlers of trainers who propose something."""
        return CategoryProposals(self.trainer.labelling_service, self.regency, self.files)

    @property
    def examples(self) -> ProposalExamples:
        """The handlers that collect messages."""
        return ProposalExamples(self.trainer.labelling_service)

    @property
    def decisions(self) -> Decisions:
        """The handlers of an admin."""
        return Decisions(self.trainer.labelling_service, self.files, self.trainer.rules)
